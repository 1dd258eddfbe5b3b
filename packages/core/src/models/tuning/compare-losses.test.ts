import { expect, it } from 'vitest';
import { meanDifference, windowGroups } from './compare-losses.js';

it('takes rows together whose labels overlap, block by block', () => {
  const spans = { rows: Int32Array.of(0, 1, 2, 3, 4, 4, 5, 6), spanEnd: Int32Array.of(2, 3, 4, 5, 6, 6, 7, 8) };
  expect(Array.from(windowGroups(spans, [{ start: 4, end: 8 }, { start: 0, end: 4 }]))).toEqual([0, 0, 0, 0, 1, 1, 1, 2]);
});

it('mean and standard error by hand', () => {
  // groups of sums 2 and 0, masses 2 and 2: mean 0.5, deviations of 1 each, error sqrt(2 × 2 / 1) / 4
  const { mean, standardError } = meanDifference(Float64Array.of(1, 1, 1, -1), new Float64Array(4).fill(1), Int32Array.of(0, 0, 1, 1));
  expect(mean).toBe(0.5);
  expect(standardError).toBeCloseTo(0.5, 12);
  expect(meanDifference(Float64Array.of(1, 1), Float64Array.of(1, 1), Int32Array.of(0, 0))).toEqual({ mean: 1, standardError: Infinity });
  expect(meanDifference(Float64Array.of(5, 1), Float64Array.of(0, 2), Int32Array.of(0, 1)).mean).toBe(1);
});
