// Days on which a bundle was active when the day's bar closed, and that have no prediction: counted, so that a scorecard does not look whole
// when the days on which nothing ran are missing from it.
import { type Klines, type UnscoredAnswer } from '@forecastlab/core';
import type { Promotion } from '@forecastlab/core/node';
import { activeWhenDue } from '../bundle/active-when-due.js';
import type { BundleFacts } from './bundle-facts.js';

const DAY_MS = 86_400_000;

/** One market and what is known of it. */
export interface AnsweredMarket {
  readonly symbol: string;
  readonly interval: string;
  readonly intervalMs: number;
  readonly klines: Klines;
  readonly synthetic: boolean;
  /** Dates that have a prediction, or a file that cannot be read. */
  readonly answered: ReadonlySet<string>;
}

/**
 * The days of a market without an answer whose windows have closed, one for each candidate of the bundle that was active.
 * @param history promotions, in the order of the file, whatever times their lines bear
 * @param factsOf the facts of a bundle by its name; undefined when it is gone
 */
export function missingAnswers({ symbol, interval, intervalMs, klines, synthetic, answered }: AnsweredMarket, history: readonly Promotion[], factsOf: (deployName: string) => BundleFacts | undefined): UnscoredAnswer[] {
  const firstMs = history.reduce((first, { action, when }) => (action === 'decline' ? first : Math.min(first, Date.parse(when))), Infinity);
  const missing: UnscoredAnswer[] = [];
  const rows = klines.openTimeMs.length;
  for (const row of asOfRows(klines.openTimeMs, intervalMs)) {
    const dueMs = klines.openTimeMs[row] + intervalMs;
    const asof_date = new Date(klines.openTimeMs[row]).toISOString().slice(0, 10);
    if (dueMs < firstMs || answered.has(asof_date)) continue;
    const [active] = activeWhenDue(history, dueMs);
    const facts = active === undefined ? undefined : factsOf(active);
    if (facts === undefined || facts.meta.interval !== interval || !(facts.meta.symbols?.some((market) => market.symbol === symbol) ?? facts.meta.symbol === symbol)) continue;
    for (const { name, T } of facts.meta.candidates) {
      if (row + T < rows) missing.push({ symbol, interval, candidate: name, T, deploy_name: facts.meta.deployName, bundle_sha256: facts.sha256, asof_date, synthetic, status: 'missing' });
    }
  }
  return missing;
}

/** The last bar of each complete day. */
function asOfRows(openTimeMs: Float64Array, intervalMs: number): number[] {
  const dayOf = (row: number): number => Math.floor(openTimeMs[row] / DAY_MS);
  const found: number[] = [];
  for (let row = 0; row < openTimeMs.length; row += 1) {
    const isLast = row + 1 < openTimeMs.length ? dayOf(row + 1) !== dayOf(row) : intervalMs >= DAY_MS || (openTimeMs[row] + intervalMs) % DAY_MS === 0;
    if (isLast) found.push(row);
  }
  return found;
}
