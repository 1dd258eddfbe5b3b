// Which day a prediction is due for, by a clock.
import { type Interval, nextOpenTime, startOfInterval } from '@forecastlab/core';

export const DAY_MS = 86_400_000;

/** UTC date of a time. */
export const dateOf = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 10);

/** The UTC date whose bar is the newest that has closed at `nowMs`; of bars shorter than a day, the newest day that is over. */
export function expectedDay(interval: Interval, nowMs: number): string {
  if (interval.ms <= DAY_MS) return dateOf(Math.floor(nowMs / DAY_MS) * DAY_MS - DAY_MS);
  return dateOf(startOfInterval(interval, startOfInterval(interval, nowMs) - 1));
}

/** UTC ms at which the prediction of a day is due: its last bar has closed. */
export function dueMs(interval: Interval, date: string): number {
  const startMs = Date.parse(date);
  return interval.ms <= DAY_MS ? startMs + DAY_MS : nextOpenTime(interval, startMs);
}

/** The dates within the `days` days before one that predictions are made for, newest first: every day, or with longer bars those on which one opens. */
export function daysBefore(interval: Interval, date: string, days: number): readonly string[] {
  const times = Array.from({ length: days }, (_, i) => Date.parse(date) - (i + 1) * DAY_MS);
  return times.filter((timeMs) => interval.ms <= DAY_MS || startOfInterval(interval, timeMs) === timeMs).map(dateOf);
}

/** How many bars opened before a time. `openTimeMs`: oldest first. */
export function rowsBefore(openTimeMs: Float64Array, timeMs: number): number {
  let rows = openTimeMs.length;
  while (rows > 0 && openTimeMs[rows - 1] >= timeMs) rows -= 1;
  return rows;
}
