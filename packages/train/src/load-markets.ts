// The markets of a command that takes several: named files, or stored klines; all must be usable.
import { basename } from 'node:path';
import { type FeatureSelection, ForecastLabError, optionError } from '@forecastlab/core';
import { DEFAULT_LEADER, type Leader, type Venue } from '@forecastlab/core/node';
import { loadLeader } from './load-leader.js';
import { type LoadedMarket, loadMarket } from './load-market.js';

/** `data`, or `symbols`; with both, the symbols name the files in their order. */
export interface MarketsRequest {
  /** Absolute paths of files. */
  readonly data?: readonly string[] | undefined;
  readonly symbols?: readonly string[] | undefined;
  readonly interval?: string | undefined;
  readonly venue?: Venue | undefined;
  readonly features: FeatureSelection;
  readonly leader?: string | undefined;
}

export interface LoadedMarkets {
  readonly markets: readonly (LoadedMarket & { readonly symbol: string })[];
  /** One of the markets, or another that was named or is stored. */
  readonly leader?: Pick<Leader, 'symbol' | 'file' | 'klines'>;
  readonly warnings: readonly string[];
}

type Context = Parameters<typeof loadLeader>[2];

/**
 * Reads every market, and the leader when a feature needs one.
 * @throws BAD_OPTION when none is named, there are more or fewer symbols than files, or a file's name tells no symbol; BAD_FILE for one that cannot be used
 */
export async function loadMarkets(request: MarketsRequest, context: Context): Promise<LoadedMarkets> {
  const { data, symbols, interval, venue, features } = request;
  if (data === undefined && symbols === undefined) throw new ForecastLabError('BAD_OPTION', 'It must be said which markets to take.', { hint: 'Give --symbols A,B,C for bars that forecastlab-train data update has stored, or --data FILE,FILE.', details: { option: 'symbols' } });
  if (data !== undefined && symbols !== undefined && data.length !== symbols.length) throw optionError('the command', 'symbols', `a list of as many as there are files (${data.length})`, symbols.length);
  const markets: (LoadedMarket & { readonly symbol: string })[] = [];
  for (let i = 0; i < (data ?? symbols ?? []).length; i += 1) {
    const market = await loadMarket({ data: data?.[i], symbol: symbols?.[i], interval, venue, features }, context);
    const { symbol } = market;
    if (symbol === null) throw optionError('the command', 'symbols', `given when a file name does not tell it (${market.file})`, undefined, 'Give --symbols A,B: a name for each file, in their order.');
    markets.push({ ...market, symbol });
  }
  return { markets, ...(await leaderOf(request, markets, context)) };
}

async function leaderOf({ features, leader: named, venue }: MarketsRequest, markets: LoadedMarkets['markets'], context: Context): Promise<Pick<LoadedMarkets, 'leader' | 'warnings'>> {
  const own = markets.find(({ symbol }) => symbol === (named ?? DEFAULT_LEADER));
  if (own !== undefined && markets.length > 1) return { leader: { symbol: own.symbol, file: basename(own.file), klines: own.klines }, warnings: [] };
  const { leader, warnings } = await loadLeader({ features, leader: named, venue }, markets[0], context);
  return { ...(leader === undefined ? {} : { leader }), warnings };
}
