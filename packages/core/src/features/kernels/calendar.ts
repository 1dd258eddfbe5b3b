// Where a bar's open lies on the circle of the week, and of the day; in UTC. Sines are a table: Math.sin may differ between engines.
import type { KernelMaker } from './kernel.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** 1970-01-01 was a Thursday; weeks begin on Monday. */
const FIRST_WEEKDAY = 3;

/** Sine of k sevenths of the circle, k = 0 … 6. */
const SEVENTHS_SINE = [0, 0.7818314824680298, 0.9749279121818236, 0.4338837391175581, -0.4338837391175581, -0.9749279121818236, -0.7818314824680298];
/** Cosine of k sevenths of the circle. */
const SEVENTHS_COSINE = [1, 0.6234898018587336, -0.2225209339563144, -0.9009688679024191, -0.9009688679024191, -0.2225209339563144, 0.6234898018587336];

/** Sine of 0, 15, … 90 degrees, by roots, which are exact everywhere. */
const QUARTER = [0, (Math.sqrt(6) - Math.sqrt(2)) / 4, 0.5, Math.sqrt(2) / 2, Math.sqrt(3) / 2, (Math.sqrt(6) + Math.sqrt(2)) / 4, 1];

/** Sine of k twenty-fourths of the circle, k from 0 on. */
function sineOfHour(hour: number): number {
  const k = hour % 24;
  if (k >= 12) return 0 - sineOfHour(k - 12);
  return QUARTER[k <= 6 ? k : 12 - k];
}

const weekdayOf = (timeMs: number): number => (((Math.floor(timeMs / DAY_MS) + FIRST_WEEKDAY) % 7) + 7) % 7;
const hourOf = (timeMs: number): number => (((Math.floor(timeMs / HOUR_MS) % 24) + 24) % 24);

/** A table's entry for the bar's open; missing for a missing time. */
const entry = (table: readonly number[], placeOf: (timeMs: number) => number): KernelMaker => () => (bar) => table[placeOf(bar.openTimeMs)] ?? Number.NaN;

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const HOUR_SINE = HOURS.map(sineOfHour);
const HOUR_COSINE = HOURS.map((hour) => sineOfHour(hour + 6));

/** Sine of the weekday, Monday being 0. */
export const weekdaySine: KernelMaker = entry(SEVENTHS_SINE, weekdayOf);
/** Cosine of the weekday, Monday being 1. */
export const weekdayCosine: KernelMaker = entry(SEVENTHS_COSINE, weekdayOf);
/** Sine of the hour of day, 0 at midnight. */
export const hourSine: KernelMaker = entry(HOUR_SINE, hourOf);
/** Cosine of the hour of day, 1 at midnight. */
export const hourCosine: KernelMaker = entry(HOUR_COSINE, hourOf);
