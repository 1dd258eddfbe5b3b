import { expect, it } from 'vitest';
import { logSlope, pairedRatio, spreadOf } from './statistics.js';

it('medians lie between the two middle numbers, whatever the order', () => {
  expect(spreadOf([5, 1, 3])).toEqual({ median: 3, min: 1, max: 5 });
  expect(spreadOf([4, 1, 2, 10])).toEqual({ median: 3, min: 1, max: 10 });
  expect(spreadOf([7])).toEqual({ median: 7, min: 7, max: 7 });
  expect(() => spreadOf([])).toThrow(RangeError);
});

it('ratios pair the runs of one round, and only rounds that both have run', () => {
  // the medians' ratio would be 2 / 8
  expect(pairedRatio([1, 2, 9], [10, 8, 6])).toEqual({ median: 0.25, min: 0.1, max: 1.5 });
  expect(pairedRatio([1, 2, 9], [10])).toEqual({ median: 0.1, min: 0.1, max: 0.1 });
  expect(pairedRatio([1], [4, 2])).toEqual({ median: 0.25, min: 0.25, max: 0.25 });
  expect(pairedRatio([1], [])).toBeUndefined();
});

it('the slope is the power with which a cost grows', () => {
  expect(logSlope([{ x: 1, y: 5 }, { x: 10, y: 500 }, { x: 100, y: 50_000 }])).toBeCloseTo(2, 12);
  expect(logSlope([{ x: 2, y: 3 }, { x: 20, y: 3 }])).toBeCloseTo(0, 12);
});
