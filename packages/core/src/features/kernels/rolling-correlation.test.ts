import { expect, it } from 'vitest';
import { createKlines, klineAt } from '../../klines/klines.js';
import { columnValue } from './column-value.js';
import { previousValue, rollingCorrelation } from './rolling-correlation.js';

const [close, volume] = [columnValue('close'), columnValue('volume')];
function lastOf(closes: readonly number[], volumes: readonly number[]): number {
  const klines = createKlines(closes.length);
  klines.close.set(closes);
  klines.volume.set(volumes);
  const kernel = rollingCorrelation(close, volume, 4)();
  return closes.map((_, row) => kernel(klineAt(klines, row))).at(-1) ?? Number.NaN;
}

it('is 1 along a line, -1 against it, 0 across, and missing where nothing moves', () => {
  expect(lastOf([9, 1, 2, 3, 4], [0, 10, 20, 30, 40])).toBeCloseTo(1, 12);
  expect(lastOf([1, 2, 3, 4], [40, 30, 20, 10])).toBeCloseTo(-1, 12);
  expect(lastOf([1, 2, 3, 4], [1, -1, -1, 1])).toBeCloseTo(0, 12);
  expect(lastOf([1, 2, 3, 5], [1, 2, 3, 4])).toBeCloseTo(6.5 / Math.sqrt(8.75 * 5), 12);
  expect(lastOf([1, 2, 3, 4], [7, 7, 7, 7])).toBeNaN();
  expect(lastOf([2, 3, 4], [2, 3, 4])).toBeNaN();
});

it('looks one bar back', () => {
  const kernel = previousValue(close)();
  const klines = createKlines(3);
  klines.close.set([5, 6, 7]);
  expect([0, 1, 2].map((row) => kernel(klineAt(klines, row)))).toEqual([Number.NaN, 5, 6]);
});
