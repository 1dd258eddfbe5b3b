import { expect, it } from 'vitest';
import { impurityOf, sideScore } from './criterion.js';

it.each<['gini' | 'entropy', number[], number]>([
  ['gini', [2, 2], 0.5],
  ['gini', [3, 0, 0], 0],
  ['gini', [1, 1, 2], 1 - (1 + 1 + 4) / 16],
  ['entropy', [2, 2], 1],
  ['entropy', [5, 0], 0],
  ['entropy', [1, 1, 1, 1], 2],
  ['entropy', [0.5, 1.5], -(0.25 * Math.log2(0.25) + 0.75 * Math.log2(0.75))],
  ['entropy', [70000, 70000], 1],
])('impurity by %s of %j is %f', (criterion, weights, expected) => {
  const weight = weights.reduce((sum, own) => sum + own, 0);
  expect(impurityOf(criterion, sideScore(criterion, weights, weight), weight)).toBeCloseTo(expected, 12);
});
