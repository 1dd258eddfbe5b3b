// What the markets and days of one run share, each read once.
import type { BundleMeta } from '@forecastlab/core';
import { checkSource } from '../bars/check-source.js';
import { type PreparedBars, readPreparedBars } from '../bars/prepared-bars.js';
import { type LeadingBars, readLeadingBars } from '../bars/read-leading-bars.js';
import { sourceClockMs } from '../bars/update-stored-bars.js';
import { marketOfBundle } from '../bundle/market-of-bundle.js';
import { openRunBundles, type RunBundles } from '../bundle/run-bundles.js';
import type { PredictionRequest } from './prediction-request.js';

/** The part of a request that holds for all its markets. */
export type RunRequest = Omit<PredictionRequest, 'symbol'>;

export interface RunContext {
  readonly request: RunRequest;
  readonly bundles: RunBundles;
  /** True when the stored klines are brought up to date first. */
  readonly isUpdating: boolean;
  /** The clock that decides which bars of a market have closed, UTC ms: the source's where there is one. Throws TEMPORARY when it does not answer. */
  clockMs(meta: BundleMeta, symbol: string): Promise<number>;
  /** The bars of the market that the bundle follows, brought up to date; undefined where it follows none, and for the leader itself. */
  leaderOf(meta: BundleMeta, symbol: string): Promise<LeadingBars | undefined>;
  /** Stored bars as they are now; closed by `nowMs`. Read once for each market. */
  storedBars(meta: BundleMeta, symbol: string, nowMs: number): Promise<PreparedBars>;
}

export function openRun(request: RunRequest): RunContext {
  const { store, source, nowMs } = request;
  const isUpdating = source !== undefined && request.isDryRun !== true;
  const leaders = new Map<string, Promise<LeadingBars | undefined>>();
  const bars = new Map<string, Promise<PreparedBars>>();
  return {
    request,
    isUpdating,
    bundles: openRunBundles(request),
    clockMs: (meta, symbol) => (isUpdating ? sourceClockMs(source, marketOfBundle(meta, symbol), nowMs) : Promise.resolve(nowMs)),
    async leaderOf(meta, symbol) {
      const leader = meta.leader?.symbol;
      if (leader === undefined || leader === symbol) return undefined;
      if (source !== undefined) checkSource(leader, meta, source);
      return remember(leaders, keyOf(meta, leader), () => readLeadingBars(store, meta, { source: isUpdating ? source : undefined, nowMs }));
    },
    storedBars: (meta, symbol, closedByMs) => remember(bars, keyOf(meta, symbol), () => readPreparedBars({ store, symbol, nowMs: closedByMs }, meta)),
  };
}

function keyOf(meta: BundleMeta, symbol: string): string {
  const { venue, interval } = marketOfBundle(meta, symbol);
  return `${venue} ${symbol} ${interval}`;
}

function remember<Value>(known: Map<string, Promise<Value>>, key: string, read: () => Promise<Value>): Promise<Value> {
  const value = known.get(key) ?? read();
  known.set(key, value);
  return value;
}
