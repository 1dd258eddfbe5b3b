// When a challenger is due: by the UTC calendar of the bars, not by the clock, so that a day that was missed changes nothing and a month
// that was missed makes one retraining, not four.
import { nextOpenTime, parseInterval } from '@forecastlab/core';

/** `fixed`: the bundle stays. Others: a challenger with the first bars that close a UTC day, week (on Monday at 00:00) or month that no judged bundle has seen. */
export const POLICIES = ['fixed', 'daily', 'weekly', 'monthly'] as const;
export type Policy = (typeof POLICIES)[number];

export interface Due {
  readonly isDue: boolean;
  /** A sentence. */
  readonly reason: string;
  /** The bars up to this moment must have closed for the next; UTC ms. Null for `fixed`. */
  readonly nextDueMs: number | null;
}

export interface BarsSeen {
  /** Such as `1d`. */
  readonly interval: string;
  /** Open time of the newest bar that a judged bundle has seen, and of the newest bar there is; UTC ms. */
  readonly lastCutOffMs: number;
  readonly newestMs: number;
}

const DAY_MS = 86_400_000;

/** Whether the policy asks for a challenger. */
export function judgeDue(policy: Policy, { interval, lastCutOffMs, newestMs }: BarsSeen): Due {
  if (policy === 'fixed') return { isDue: false, reason: 'The policy is fixed: the active bundle stays until another is activated by hand.', nextDueMs: null };
  const step = parseInterval(interval);
  const [seenUntil, knownUntil] = [nextOpenTime(step, lastCutOffMs), nextOpenTime(step, newestMs)];
  const nextDueMs = PERIODS[policy].start(PERIODS[policy].of(seenUntil) + 1);
  const seen = `judged bundles have seen bars up to ${timeOf(seenUntil)}`;
  return knownUntil >= nextDueMs
    ? { isDue: true, reason: `A challenger is due (${policy}): ${seen}, and since then those up to ${timeOf(knownUntil)} have closed.`, nextDueMs }
    : { isDue: false, reason: `Nothing is due (${policy}): ${seen}; the next is due when those up to ${timeOf(nextDueMs)} have closed.`, nextDueMs };
}

/** Periods count on from 1970: `of` gives the one that a moment lies in, `start` its first moment. */
const PERIODS: Readonly<Record<Exclude<Policy, 'fixed'>, { readonly of: (timeMs: number) => number; readonly start: (period: number) => number }>> = {
  daily: { of: (timeMs) => Math.floor(timeMs / DAY_MS), start: (period) => period * DAY_MS },
  // 1970 began on a Thursday: the Monday before is day -3
  weekly: { of: (timeMs) => Math.floor((timeMs / DAY_MS + 3) / 7), start: (period) => (period * 7 - 3) * DAY_MS },
  monthly: {
    of: (timeMs) => {
      const date = new Date(timeMs);
      return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
    },
    start: (period) => Date.UTC(1970, period, 1),
  },
};

const timeOf = (timeMs: number): string => `${new Date(timeMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
