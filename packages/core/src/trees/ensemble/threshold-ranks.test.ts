import { expect, it } from 'vitest';
import { countBelow, rankThresholds } from './threshold-ranks.js';
import { TreeEnsembleBuilder } from './tree-ensemble.js';

it('ranks know the features in use and their different thresholds', () => {
  const builder = new TreeEnsembleBuilder(1);
  for (const [feature, threshold] of [[7, 2.5], [3, -1], [7, 0], [7, 2.5]]) {
    builder.beginTree();
    const split = builder.addSplit(feature, threshold, true, 2);
    builder.addLeaf([1], 1);
    builder.beginRight(split);
    builder.addLeaf([2], 1);
  }
  const ensemble = builder.build();
  const { features, thresholds, starts, places, ranks } = rankThresholds(ensemble, 0, 4) ?? {};
  expect([features, thresholds, starts].map((array) => [...(array ?? [])])).toEqual([[3, 7], [-1, 0, 2.5], [0, 1, 3]]);
  expect([...(places ?? [])]).toEqual([1, -1, -1, 0, -1, -1, 1, -1, -1, 1, -1, -1]);
  expect([0, 3, 6, 9].map((split) => ranks?.[split])).toEqual([1, 0, 0, 1]);
  expect([...(rankThresholds(ensemble, 2, 4)?.features ?? [])]).toEqual([7]);
});

it('a value is above a threshold exactly when its rank is', () => {
  const thresholds = Float64Array.of(9, -1, 0, 1e308, 9);
  const cases: [number, number][] = [[-Infinity, 0], [-1, 0], [-0.5, 1], [-0, 1], [0, 1], [5e-324, 2], [1e308, 2], [Infinity, 3], [Number.NaN, 0]];
  for (const [x, rank] of cases) expect(countBelow(thresholds, 1, 4, x), String(x)).toBe(rank);
});
