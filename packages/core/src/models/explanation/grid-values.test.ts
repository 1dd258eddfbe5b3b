import { expect, it } from 'vitest';
import { gridValues } from './grid-values.js';

const column = Float64Array.of(5, 1, NaN, 2, 2, 8, 3);

it('takes the distinct values where they are few, else equal steps between the percentiles', () => {
  expect([...gridValues(column, { gridSize: 6, percentiles: [0, 1] })]).toEqual([1, 2, 3, 5, 8]);
  expect([...gridValues(column, { gridSize: 3, percentiles: [0, 1] })]).toEqual([1, 4.5, 8]);
  // scipy.stats.mstats.mquantiles([5, 1, 2, 2, 8, 3], [0.25, 0.75])
  const [low, high] = gridValues(column, { gridSize: 2, percentiles: [0.25, 0.75] });
  expect(low).toBeCloseTo(1.95, 12);
  expect(high).toBeCloseTo(5.15, 12);
});

it('has one value where the percentiles meet, and none without values', () => {
  expect([...gridValues(Float64Array.of(0, 4, 4, 4, 4, 4, 4, 9), { gridSize: 2, percentiles: [0.4, 0.6] })]).toEqual([4]);
  expect([...gridValues(Float64Array.of(7), { gridSize: 2, percentiles: [0.05, 0.95] })]).toEqual([7]);
  expect(gridValues(Float64Array.of(NaN, NaN), { gridSize: 5, percentiles: [0.05, 0.95] })).toHaveLength(0);
});
