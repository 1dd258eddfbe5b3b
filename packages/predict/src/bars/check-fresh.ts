// An answer from yesterday's bars is not today's.
import { findAsOfBar, ForecastLabError, type Klines, parseInterval } from '@forecastlab/core';

const DAY_MS = 86_400_000;

/**
 * Passes where the bars reach the newest one that has closed.
 * @throws TEMPORARY when a later day has closed since
 */
export function checkFresh(klines: Klines, { interval: name, nowMs }: { readonly interval: string; readonly nowMs: number }): void {
  const interval = parseInterval(name);
  const newest = findAsOfBar(klines, { intervalMs: interval.ms });
  const lateMs = nowMs - (klines.openTimeMs[newest.row] + interval.ms);
  if (lateMs < Math.max(interval.ms, DAY_MS)) return;
  throw new ForecastLabError('TEMPORARY', `The stored bars end on ${newest.date}; a later day has closed since.`, {
    hint: 'Bring them up to date (forecastlab-train data update), or ask for a past day with --asof.',
    details: { newest: newest.date },
  });
}
