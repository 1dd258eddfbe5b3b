// One bar as the exchange shows it: times as numbers, values already printed.

export interface Bar {
  readonly openTimeMs: number;
  readonly closeTimeMs: number;
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  readonly volume: string;
  readonly quoteVolume: string;
  readonly trades: number;
  readonly takerBuyBase: string;
  readonly takerBuyQuote: string;
  /** The twelfth field, which means nothing. */
  readonly ignore: string;
}

/** Bars of one market, oldest first, printed when they are asked for. */
export interface BarList {
  readonly count: number;
  openTimeMs(row: number): number;
  bar(row: number): Bar;
}

/** How many bars open before `timeMs`. */
export function barsBefore(bars: BarList, timeMs: number): number {
  let low = 0;
  let high = bars.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bars.openTimeMs(middle) < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The bar in a klines answer: a JSON array of twelve. */
export function barJson(bar: Bar, unit: 'ms' | 'us'): string {
  const { open, high, low, close, volume, quoteVolume, trades, takerBuyBase, takerBuyQuote, ignore } = bar;
  return `[${openTime(bar, unit)},"${open}","${high}","${low}","${close}","${volume}",${closeTime(bar, unit)},"${quoteVolume}",${trades},"${takerBuyBase}","${takerBuyQuote}","${ignore}"]`;
}

/** The bar in a dump: a line of CSV without its end. */
export function barCsv(bar: Bar, unit: 'ms' | 'us'): string {
  const { open, high, low, close, volume, quoteVolume, trades, takerBuyBase, takerBuyQuote, ignore } = bar;
  return [openTime(bar, unit), open, high, low, close, volume, closeTime(bar, unit), quoteVolume, trades, takerBuyBase, takerBuyQuote, ignore].join(',');
}

const openTime = (bar: Bar, unit: 'ms' | 'us'): string => (unit === 'ms' ? String(bar.openTimeMs) : `${bar.openTimeMs}000`);
// A bar closes in the last microsecond before the next one opens.
const closeTime = (bar: Bar, unit: 'ms' | 'us'): string => (unit === 'ms' ? String(bar.closeTimeMs) : `${bar.closeTimeMs}999`);
