// The markets of an evidence run with the market that leads them; all must be usable.
import { basename } from 'node:path';
import { type FeatureSelection, ForecastLabError } from '@forecastlab/core';
import { DEFAULT_LEADER, type Leader } from '@forecastlab/core/node';
import { loadLeader } from '../load-leader.js';
import { loadMarkets, type MarketsRequest, type NamedMarket } from '../load-markets.js';

/** `data`, or `symbols`; with both, the symbols name the files in their order. */
export interface EvidenceMarketsRequest extends Omit<MarketsRequest, 'symbol' | 'features'> {
  readonly features: FeatureSelection;
  readonly leader?: string | undefined;
}

export interface EvidenceMarkets {
  readonly markets: readonly NamedMarket[];
  /** One of the markets, or another that was named or is stored. */
  readonly leader?: Pick<Leader, 'symbol' | 'file' | 'klines'>;
  readonly warnings: readonly string[];
}

type Context = Parameters<typeof loadLeader>[2];

/**
 * Reads every market, and the leader when a feature needs one.
 * @throws BAD_OPTION when none is named, there are more or fewer symbols than files, or a file's name tells no symbol; BAD_FILE for one that cannot be used
 */
export async function loadEvidenceMarkets(request: EvidenceMarketsRequest, context: Context): Promise<EvidenceMarkets> {
  const { data, symbols, interval, venue, features } = request;
  if (data === undefined && symbols === undefined) throw new ForecastLabError('BAD_OPTION', 'It must be said which markets to take.', { hint: 'Give --symbols A,B,C for bars that forecastlab-train data update has stored, or --data FILE,FILE.', details: { option: 'symbols' } });
  const markets = await loadMarkets({ data, symbols, interval, venue, features }, context);
  return { markets, ...(await leaderOf(request, markets, context)) };
}

async function leaderOf({ features, leader: named, venue }: EvidenceMarketsRequest, markets: readonly NamedMarket[], context: Context): Promise<Pick<EvidenceMarkets, 'leader' | 'warnings'>> {
  const own = markets.find(({ symbol }) => symbol === (named ?? DEFAULT_LEADER));
  if (own !== undefined && markets.length > 1) return { leader: { symbol: own.symbol, file: basename(own.file), klines: own.klines }, warnings: [] };
  const { leader, warnings } = await loadLeader({ features, leader: named, venue }, markets[0], context);
  return { ...(leader === undefined ? {} : { leader }), warnings };
}
