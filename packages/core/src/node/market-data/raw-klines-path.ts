// Where stored klines lie. Synthetic ones have a name of their own, so that nobody mistakes them for the exchange's.
import { optionError } from '../../errors.js';
import { SAMPLE_SYMBOL } from '../../klines/generate-sample-market.js';
import { parseInterval } from '../../klines/interval.js';
import type { Market, Venue } from '../../klines/market.js';
import { isMarketSymbol } from '../../klines/market-symbol.js';

export type { Market, Venue };

/** `data/raw/binance_<SYMBOL>_<interval>`, `data/raw/binance-usdm_…`, or `data/raw/sample_SAMPLEUSDT_<interval>`. */
function rawKlinesStem({ symbol, interval, venue = 'spot' }: Market): string {
  if (!isMarketSymbol(symbol)) throw optionError('klines', 'symbol', 'capital letters and digits, such as BTCUSDT', symbol);
  const { name } = parseInterval(interval);
  const origin = isSampleSymbol(symbol) ? 'sample' : { spot: 'binance', usdm: 'binance-usdm' }[venue];
  return `data/raw/${origin}_${symbol}_${name}`;
}

/**
 * `data/raw/binance_<SYMBOL>_<interval>.csv`, relative to the store.
 * @throws BAD_OPTION for a symbol or interval that is none
 */
export function rawKlinesPath(market: Market): string {
  return `${rawKlinesStem(market)}.csv`;
}

/** Folder of the Parquet parts of klines that are stored so: `data/raw/binance_<SYMBOL>_<interval>`. */
export function rawKlinesFolder(market: Market): string {
  return rawKlinesStem(market);
}

/** `<same>.manifest.json` beside the klines. */
export function manifestPath(market: Market): string {
  return `${rawKlinesStem(market)}.manifest.json`;
}

/** True for the symbol of the synthetic market. */
export function isSampleSymbol(symbol: string): boolean {
  return symbol === SAMPLE_SYMBOL;
}

/** The venue that the name of a file of stored klines speaks of; `spot` for any other name. */
export function venueOfFileName(name: string): Venue {
  return name.startsWith('binance-usdm_') ? 'usdm' : 'spot';
}
