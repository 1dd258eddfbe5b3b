import { expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { blockError, circularSums, cutIntoBlocks } from './block-statistic.js';

it('cuts a series into nearly equal blocks that add up', () => {
  const sums = circularSums(Float64Array.of(1, 2, 3, 4, 5, 6, 7));
  expect(Array.from(sums).slice(6, 10)).toEqual([21, 28, 29, 31]);
  expect(cutIntoBlocks(sums, 3)).toEqual({ sums: Float64Array.of(3, 12, 13), rows: Float64Array.of(2, 3, 2) });
});

it('is the textbook standard error when neighbours are not alike', () => {
  // the deviations -3, 3, -3, 3 are negatively correlated, for which nothing is taken off: sqrt(4 * 9 / 3 / 4)
  const { error, freedom } = blockError({ sums: Float64Array.of(2, 8, 2, 8), rows: Float64Array.of(1, 1, 1, 1) }, 5);
  expect(error).toBeCloseTo(Math.sqrt(3), 15);
  expect(freedom).toBe(3);
  expect(blockError({ sums: Float64Array.of(4, 4), rows: Float64Array.of(2, 2) }, 2).error).toBe(0);
});

it('grows by the correlation of neighbours, by hand', () => {
  // the seven products of neighbours add up to 1, the eight squares to 8
  const sums = Float64Array.of(1, 1, -1, -1, 1, 1, -1, -1);
  const r = 1 / 8 + (1 + 3 / 8) / 8;
  const { error, freedom } = blockError({ sums, rows: new Float64Array(8).fill(1) }, 0);
  expect(error).toBeCloseTo(Math.sqrt((8 / 7 / 8) * ((1 + r) / (1 - r))), 14);
  expect(freedom).toBe(Math.floor((7 * (1 - r)) / (1 + r)));
  // a ramp is as correlated as is believed at all: 0.9, a factor of 19 on the variance 50 * 51 / 12
  const ramp = Float64Array.from({ length: 50 }, (_, i) => i);
  const steep = blockError({ sums: ramp, rows: new Float64Array(50).fill(1) }, 24.5);
  expect(steep.freedom).toBe(3);
  expect(steep.error).toBeCloseTo(Math.sqrt((50 * 51 / 12 / 50) * 19), 10);
});

it('knows the standard error of the mean of an autoregression', () => {
  // of 4000 values x = 0.5 x + noise: 2 / sqrt(4000)
  const random = createRandom(1);
  let value = 0;
  const series = Float64Array.from({ length: 4000 }, () => (value = 0.5 * value + random.normal()));
  const mean = series.reduce((sum, x) => sum + x, 0) / 4000;
  expect(blockError(cutIntoBlocks(circularSums(series), 400), mean).error / (2 / Math.sqrt(4000))).toBeCloseTo(1, 0.8);
});
