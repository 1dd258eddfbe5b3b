// How far one row lies from the rows of training: the distance to the nearest of a sample, as FreqAI's dissimilarity index has it
// (https://www.freqtrade.io/en/stable/freqai-feature-engineering/), told as a rank among the distances of the sample's own rows.
import { UNITS_PER_SPREAD } from './scale-values.js';

/** Rows this near in time are alike because they share bars, not because the market repeats itself. Monthly windows are the longest common ones. */
export const TIME_NEIGHBOUR_BARS = 30;
/** Spreads beyond which a column is as far as can be: one broken column must not outweigh all others. */
const FARTHEST = 10;
/** Spreads between a value and a missing one. */
const MISSING = 3;

/**
 * Distance of a row to the nearest row of the sample: the root of the mean over the columns of the squared difference, in spreads.
 * @param columns [columns][rows] of the sample, in hundredths of a spread; NaN is missing
 * @param row [columns] in the same unit
 * @param bars [rows] when each was; rows within TIME_NEIGHBOUR_BARS of `bar` are not looked at
 * @returns the distance and the row of the sample; Infinity and -1 where no row is left
 */
export function nearestDistance(columns: readonly ArrayLike<number>[], row: ArrayLike<number>, bars: ArrayLike<number>, bar: number): { readonly distance: number; readonly nearest: number } {
  let nearest = -1;
  let smallest = Infinity;
  for (let other = 0; other < bars.length; other += 1) {
    if (Math.abs(bars[other] - bar) <= TIME_NEIGHBOUR_BARS) continue;
    let sum = 0;
    for (let c = 0; c < columns.length && sum < smallest; c += 1) {
      const difference = differenceOf(row[c], columns[c][other]);
      sum += difference * difference;
    }
    if (sum >= smallest) continue;
    smallest = sum;
    nearest = other;
  }
  return { distance: nearest < 0 ? Infinity : Math.sqrt(smallest / Math.max(1, columns.length)), nearest };
}

function differenceOf(a: number, b: number): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : MISSING;
  return Number.isNaN(b) ? MISSING : Math.min(FARTHEST, Math.abs(a - b) / UNITS_PER_SPREAD);
}

/** The distance of each row of the sample to its nearest other one, ascending; rows without another one are left out. */
export function leaveOneOutDistances(columns: readonly ArrayLike<number>[], bars: ArrayLike<number>): number[] {
  const distances = Array.from({ length: bars.length }, (_, row) => nearestDistance(columns, columns.map((column) => column[row]), bars, bars[row]).distance);
  return distances.filter(Number.isFinite).sort((a, b) => a - b);
}
