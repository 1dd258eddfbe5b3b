// The bars of one market or of several: named files, or stored klines, each as loadMarket reads it.
import { ForecastLabError, optionError } from '@forecastlab/core';
import { type LoadedMarket, loadMarket, type MarketRequest } from './load-market.js';

/** Which markets: `data`, or `symbols`, or the one of `symbol`. */
export interface MarketsRequest extends Omit<MarketRequest, 'data'> {
  /** Absolute paths of files, one a market. */
  readonly data?: readonly string[] | undefined;
  /** Stored markets; with `data` the markets of the files, in their order. */
  readonly symbols?: readonly string[] | undefined;
}

/** A market whose name is known. */
export type NamedMarket = LoadedMarket & { readonly symbol: string };

/**
 * Reads every market, in the order given.
 * @throws BAD_OPTION when none is named, or a file of unknown market; BAD_FILE as loadMarket
 */
export async function loadMarkets(request: MarketsRequest, context: Parameters<typeof loadMarket>[1]): Promise<readonly NamedMarket[]> {
  const { data, symbols, symbol, ...shared } = request;
  if (symbol !== undefined && symbols !== undefined) throw new ForecastLabError('BAD_OPTION', 'The options `symbol` and `symbols` exclude each other.', { hint: 'Name all markets with --symbols. One may come from forecastlab.config.json or a FORECASTLAB_* variable.' });
  const names = symbols ?? (symbol === undefined ? undefined : [symbol]);
  if (data !== undefined && names !== undefined && names.length !== data.length) {
    throw optionError('the command', 'symbols', `one for each of the ${data.length} files, in their order`, names.join(','));
  }
  const requests: MarketRequest[] = data === undefined ? (names ?? [undefined]).map((name) => ({ ...shared, symbol: name })) : data.map((file, i) => ({ ...shared, data: file, symbol: names?.[i] }));
  const markets: NamedMarket[] = [];
  for (const wanted of requests) {
    const market = await loadMarket(wanted, context);
    const { symbol: named } = market;
    if (named === null) throw optionError('the command', 'symbol', `given when the file name does not tell it (${market.file})`, undefined, 'Give --symbol S; of several files --symbols with one for each.');
    markets.push({ ...market, symbol: named });
  }
  return markets;
}
