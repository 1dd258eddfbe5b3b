// The markets that scoring looks at: those of predictions and of outcomes, and those of the bundles that were active.
import type { OutcomeLine } from '@forecastlab/core';
import type { Market, Promotion } from '@forecastlab/core/node';
import { marketOfBundle, symbolsOfBundle } from '../bundle/market-of-bundle.js';
import type { updateStoredBars } from '../bars/update-stored-bars.js';
import type { BundleFacts } from './bundle-facts.js';
import type { StoredPrediction } from './prediction-files.js';

/** A market that has predictions, or of which a bundle was active. */
export interface ScoredMarket {
  readonly market: Required<Market>;
  /** What an update of its bars is checked by. */
  readonly meta: Parameters<typeof updateStoredBars>[2];
  readonly synthetic: boolean;
  /** True when only bundles that cannot be read at the moment know where its bars come from. */
  readonly isUnsure: boolean;
  /** Those that were read. */
  readonly predictions: readonly StoredPrediction[];
  /** Outcomes that are known of it. */
  readonly lines: readonly OutcomeLine[];
}

export interface MarketsInput {
  readonly predictions: readonly StoredPrediction[];
  readonly lines: readonly OutcomeLine[];
  readonly facts: ReadonlyMap<string, BundleFacts | undefined>;
  /** Bundles that may be there and cannot be read at the moment. */
  readonly unread: ReadonlySet<string>;
  readonly promotions: readonly Promotion[];
}

/** Each market once, by symbol and interval. The venue is that of a bundle; of predictions whose bundles are gone it is the spot market. */
export function marketsOf({ predictions, lines, facts, unread, promotions }: MarketsInput): readonly ScoredMarket[] {
  const markets = new Map<string, Omit<ScoredMarket, 'predictions' | 'lines'> & { predictions: StoredPrediction[]; lines: OutcomeLine[] }>();
  const enter = (symbol: string, interval: string, deployName: string, synthetic: boolean): { predictions: StoredPrediction[]; lines: OutcomeLine[] } => {
    const own = facts.get(deployName);
    const key = `${symbol} ${interval}`;
    const found = markets.get(key);
    if (found !== undefined && (found.meta.data.file !== null || own === undefined)) {
      if (own === undefined && found.meta.data.file === null && unread.has(deployName)) markets.set(key, { ...found, isUnsure: true });
      return found;
    }
    const market = own === undefined ? ({ symbol, interval, venue: 'spot' } as const) : { ...marketOfBundle(own.meta, symbol), interval };
    // of a bundle that is gone nothing but the kind of its prices is known
    const meta = own?.meta ?? ({ deployName: 'of the predictions', data: { synthetic, file: null } } as unknown as ScoredMarket['meta']);
    const entered = { market, meta, synthetic, isUnsure: own === undefined && unread.has(deployName), predictions: found?.predictions ?? [], lines: found?.lines ?? [] };
    markets.set(key, entered);
    return entered;
  };
  for (const stored of predictions) {
    const { symbol, interval, deploy_name, synthetic } = stored.prediction;
    enter(symbol, interval, deploy_name, synthetic).predictions.push(stored);
  }
  for (const line of lines) enter(line.symbol, line.interval, line.deploy_name, line.synthetic).lines.push(line);
  for (const { to } of promotions) {
    const own = facts.get(to);
    if (own !== undefined) for (const symbol of symbolsOfBundle(own.meta)) enter(symbol, own.meta.interval, to, own.meta.data.synthetic);
  }
  return [...markets.values()].sort((a, b) => compare(a.market.symbol, b.market.symbol) || compare(a.market.interval, b.market.interval));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
