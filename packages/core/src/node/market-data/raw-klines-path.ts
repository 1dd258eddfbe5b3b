// Where stored klines lie. Synthetic ones have a name of their own, so that nobody mistakes them for the exchange's.
import { optionError } from '../../errors.js';
import { SAMPLE_SYMBOL } from '../../klines/generate-sample-market.js';
import { parseInterval } from '../../klines/interval.js';

/** A market: what is traded, and the length of its bars. */
export interface Market {
  /** As the exchange writes it, `BTCUSDT`; the synthetic market is `SAMPLEUSDT`. */
  readonly symbol: string;
  /** `1d`, `1h`, … */
  readonly interval: string;
}

const SYMBOL = /^[A-Z0-9]{2,30}$/;

/**
 * `data/raw/binance_<SYMBOL>_<interval>.csv`, or `data/raw/sample_SAMPLEUSDT_<interval>.csv`, relative to the store.
 * @throws BAD_OPTION for a symbol or interval that is none
 */
export function rawKlinesPath({ symbol, interval }: Market): string {
  if (!SYMBOL.test(symbol)) throw optionError('klines', 'symbol', 'capital letters and digits, such as BTCUSDT', symbol);
  const { name } = parseInterval(interval);
  return `data/raw/${isSampleSymbol(symbol) ? 'sample' : 'binance'}_${symbol}_${name}.csv`;
}

/** `<same>.manifest.json` beside the klines. */
export function manifestPath(market: Market): string {
  return rawKlinesPath(market).replace(/\.csv$/, '.manifest.json');
}

/** True for the symbol of the synthetic market. */
export function isSampleSymbol(symbol: string): boolean {
  return symbol === SAMPLE_SYMBOL;
}
