// The leading market that a command's features need, or a line that says what is missing without it.
import { resolve } from 'node:path';
import { type FeatureSelection, klineCount, needsLeader } from '@forecastlab/core';
import { DEFAULT_LEADER, isSampleSymbol, type Leader, openStore, readLeader, type Venue } from '@forecastlab/core/node';
import type { LoadedMarket } from './load-market.js';

/** What says that there shall be no leader. */
export const NO_LEADER = 'none';

export interface LoadedLeader {
  /** Undefined when no feature needs one, or there is none. */
  readonly leader?: Leader;
  /** What is odd: one sentence each. */
  readonly warnings: readonly string[];
}

/**
 * Reads the leader for a market, if a feature needs one; what is odd is also logged. A market does not lead itself, and a synthetic
 * market is led by nobody unless that is asked for.
 * @throws BAD_FILE when the leader that was named is not there or cannot be used, BAD_OPTION for a file of another bar length
 */
export async function loadLeader(
  request: { readonly features: FeatureSelection; readonly leader?: string | undefined; readonly venue?: Venue | undefined },
  market: Pick<LoadedMarket, 'symbol' | 'interval' | 'isSynthetic'>,
  context: {
    /** The store under which data/raw lies. */
    readonly store: string;
    /** Variables of the environment, for a store in a bucket. Default: the process's. */
    readonly env?: Readonly<Record<string, string | undefined>>;
    /** The folder where relative paths begin. */
    readonly cwd: string;
    nowMs(): number;
    log(text: string): void;
  },
): Promise<LoadedLeader> {
  const { features, leader: named, venue } = request;
  if (!needsLeader(features) || named === NO_LEADER) return { warnings: [] };
  const isItself = market.symbol !== null && market.symbol === (named ?? DEFAULT_LEADER);
  const isLeaderless = isItself || (named === undefined && (market.isSynthetic || (market.symbol !== null && isSampleSymbol(market.symbol))));
  if (isLeaderless) return { warnings: [] };
  const wanted = named !== undefined && /[./\\]/.test(named) ? resolve(context.cwd, named) : named;
  const leader = await readLeader(await openStore(context.store, context), { interval: market.interval, venue, leader: wanted }, { nowMs: context.nowMs() });
  if (leader === undefined) return warn([`There are no stored bars of ${DEFAULT_LEADER} ${market.interval}: the features of a leading market are missing.`], context);
  if (leader.symbol !== null && leader.symbol === market.symbol) return { warnings: [] };
  context.log(`${leader.file}: ${klineCount(leader.klines)} closed bars of the leading market`);
  return { leader, ...warn(leader.warnings.map((warning) => `${leader.file}: ${warning}`), context) };
}

function warn(warnings: readonly string[], context: { log(text: string): void }): LoadedLeader {
  for (const warning of warnings) context.log(`warning: ${warning}`);
  return { warnings };
}
