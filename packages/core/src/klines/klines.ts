// Klines as columns: the one form in which market data moves through ForecastLab.

/** The names of the columns, in the order of the exchange's own rows (close time moved behind open time's group). */
export const KLINE_COLUMNS = [
  'openTimeMs',
  'open',
  'high',
  'low',
  'close',
  'volume',
  'closeTimeMs',
  'quoteVolume',
  'tradeCount',
  'takerBuyBase',
  'takerBuyQuote',
] as const;

export type KlineColumn = (typeof KLINE_COLUMNS)[number];

/**
 * Klines, oldest bar first; all columns have the same length.
 * Times are UTC milliseconds; prices are in the quote asset; `volume` and `takerBuyBase` in the base asset,
 * `quoteVolume` and `takerBuyQuote` in the quote asset; `tradeCount` is a count.
 * A field that the source does not have (Yahoo has no order flow) is NaN in every row.
 */
export type Klines = { readonly [column in KlineColumn]: Float64Array };

/** One bar, for streaming. Same fields and units as {@link Klines}. */
export type Kline = { readonly [column in KlineColumn]: number };

/** Empty (zero) columns for `length` bars. */
export function createKlines(length: number): Klines {
  return mapColumns(() => new Float64Array(length));
}

/** The number of bars. */
export function klineCount(klines: Klines): number {
  return klines.openTimeMs.length;
}

/** Bars `start` (inclusive) to `end` (exclusive), as views on the same memory. */
export function sliceKlines(klines: Klines, start: number, end: number = klineCount(klines)): Klines {
  return mapColumns((column) => klines[column].subarray(start, end));
}

/** The bars at `rows`, copied. */
export function takeKlines(klines: Klines, rows: ArrayLike<number>): Klines {
  return mapColumns((column) => {
    const source = klines[column];
    const taken = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i += 1) taken[i] = source[rows[i]];
    return taken;
  });
}

/** Bar `row` as an object. */
export function klineAt(klines: Klines, row: number): Kline {
  const bar = {} as Record<KlineColumn, number>;
  for (const column of KLINE_COLUMNS) bar[column] = klines[column][row];
  return bar;
}

function mapColumns(make: (column: KlineColumn) => Float64Array): Klines {
  const columns = {} as Record<KlineColumn, Float64Array>;
  for (const column of KLINE_COLUMNS) columns[column] = make(column);
  return columns;
}
