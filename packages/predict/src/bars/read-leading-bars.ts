// The bars of the market that the bundle's features follow, read once for all markets of a run.
import type { BundleMeta, Klines } from '@forecastlab/core';
import { type ArtifactStore, readLeader } from '@forecastlab/core/node';
import { hasStoredBars } from './has-stored-bars.js';
import { marketOfBundle } from '../bundle/market-of-bundle.js';
import { type BarSource, updateStoredBars } from './update-stored-bars.js';

export interface LeadingBars {
  readonly symbol: string;
  /** Closed bars; undefined when none are stored. */
  readonly klines: Klines | undefined;
  /** What was mended, dropped or is odd. */
  readonly warnings: readonly string[];
}

/**
 * The stored bars of the leader, brought up to date first where a source is given; undefined for a bundle without one.
 * @throws BAD_FILE for klines that cannot be used, and what updateStoredBars throws
 */
export async function readLeadingBars(store: ArtifactStore, meta: BundleMeta, { source, nowMs }: { readonly source?: BarSource | undefined; readonly nowMs: number }): Promise<LeadingBars | undefined> {
  const symbol = meta.leader?.symbol;
  if (symbol === undefined) return undefined;
  const market = marketOfBundle(meta, symbol);
  const clockMs = source === undefined ? nowMs : (await updateStoredBars(store, market, meta, { source, nowMs })).clockMs;
  // one that is not stored is no failure: the prediction tells it
  const leader = (await hasStoredBars(store, market)) ? await readLeader(store, { ...market, leader: symbol }, { nowMs: clockMs }) : undefined;
  return { symbol, klines: leader?.klines, warnings: leader?.warnings.map((warning) => `${leader.file}: ${warning}`) ?? [] };
}
