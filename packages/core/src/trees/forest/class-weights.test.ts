import { expect, it } from 'vitest';
import { sampleProblem } from '../../../../../tests/support/sample-problem.js';
import { createRandom } from '../../numeric/random.js';
import { balancedWeights, fixedClassWeights } from './class-weights.js';
import { fitForest } from './forest.js';
import { drawRows, planForest, weighRows } from './forest-plan.js';

it('balances as scikit-learn does', () => {
  // compute_class_weight('balanced', classes=[0, 1, 3], y=[0, 0, 0, 1, 3, 3]) is [2/3, 2, 1]
  expect([...balancedWeights([0, 0, 0, 1, 3, 3], 4)]).toEqual([6 / 9, 2, 0, 1]);
  expect([...balancedWeights([0, 0, 0, 1, 3, 3], 4, [1, 0, 0, 0, 2, 1])]).toEqual([2, 0, 0, 4 / 6]);
  expect([...fixedClassWeights('fit', null, [0, 1], 2)]).toEqual([1, 1]);
  expect(() => fixedClassWeights('fit', [1, 2], [0, 1], 3)).toThrow('The `classWeights` option of fit must be an array of 3 numbers. Got "[1, 2]".');
});

const { matrix, classIndexes } = sampleProblem(31, 150, 3);

it('class weights are row weights', () => {
  const perClass = [3, 0, 0.5];
  const weights = Float64Array.from(classIndexes, (index) => perClass[index]);
  const params = { nEstimators: 5 };
  expect(fitForest(matrix, classIndexes, { classes: 3, seed: 2, params: { ...params, classWeights: perClass } })).toEqual(fitForest(matrix, classIndexes, { classes: 3, seed: 2, params, weights }));
});

it('balances each bootstrap sample: every class drawn has the same weight in the root', () => {
  const plan = planForest('fit', matrix, classIndexes, { classes: 3, seed: 2, params: { classWeights: 'balanced-subsample', maxSamples: 30 } });
  const draws = drawRows(plan, createRandom(2, 0));
  expect(draws.reduce((sum, count) => sum + count, 0)).toBe(30);
  const totals = [0, 0, 0];
  weighRows(plan, draws).forEach((weight, row) => (totals[classIndexes[row]] += weight));
  for (const total of totals) expect(total).toBeCloseTo(10, 12);
  const even = { nEstimators: 1, maxDepth: 1, minImpurityDecrease: 1 };
  const [...root] = fitForest(matrix, classIndexes, { classes: 3, seed: 2, params: { ...even, classWeights: 'balanced-subsample' } }).trees.values;
  for (const share of root) expect(share).toBeCloseTo(1 / 3, 12);
});
