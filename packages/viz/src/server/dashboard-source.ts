// Answers many readers from one load: requests that come together share it, and it is kept for a moment.
import type { DashboardData } from '../data/dashboard-data.js';

/** Loads what the dashboard shows for the newest `days` bars. */
export type DashboardLoader = (query: { readonly days: number }) => Promise<DashboardData>;

export interface DashboardSourceOptions {
  /** UTC milliseconds. */
  readonly nowMs: () => number;
  /** How old an answer may be, in milliseconds. Default: 5000; predictions come once a day. */
  readonly maxAgeMs?: number;
  /** How many answers (one for each number of days) are kept. Default: 8. */
  readonly maxEntries?: number;
}

/** A loader in front of `load` that shares loads under way and fresh answers. A failed load is not kept. */
export function createDashboardSource(load: DashboardLoader, options: DashboardSourceOptions): DashboardLoader {
  const maxAgeMs = options.maxAgeMs ?? 5_000;
  const maxEntries = options.maxEntries ?? 8;
  const entries = new Map<number, { readonly startedMs: number; readonly answer: Promise<DashboardData> }>();
  return ({ days }) => {
    const known = entries.get(days);
    if (known !== undefined && options.nowMs() - known.startedMs < maxAgeMs) return known.answer;
    const entry = { startedMs: options.nowMs(), answer: load({ days }) };
    entries.delete(days);
    entries.set(days, entry);
    entry.answer.catch(() => {
      if (entries.get(days) === entry) entries.delete(days);
    });
    for (const oldest of entries.keys()) {
      if (entries.size <= maxEntries) break;
      entries.delete(oldest);
    }
    return entry.answer;
  };
}
