// The two-sample Kolmogorov-Smirnov statistic: the largest difference of two empirical distribution functions.
import { optionError } from '../errors.js';

/**
 * From 0 (alike) to 1 (apart). A missing value (NaN) counts as one beyond all others, so that other shares of missing values are a difference too.
 * No p-value: those of the books hold for independent rows, which bars of a market are not.
 * @throws BAD_OPTION for an empty sample
 * @example kolmogorovSmirnov([1, 2, 3, 4], [3, 4, 5, 6]) // 0.5
 */
export function kolmogorovSmirnov(first: ArrayLike<number>, second: ArrayLike<number>): number {
  if (first.length === 0 || second.length === 0) throw optionError('kolmogorovSmirnov', 'second', 'at least one value in each sample', `${first.length} and ${second.length} values`);
  const a = sortedWithMissing(first);
  const b = sortedWithMissing(second);
  let largest = 0;
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i], b[j]);
    while (i < a.length && a[i] === value) i += 1;
    while (j < b.length && b[j] === value) j += 1;
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
  }
  return largest;
}

/** Ascending, missing values last. */
export function sortedWithMissing(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values, (value) => (Number.isNaN(value) ? Infinity : value)).sort();
}
