import { describe, expect, it } from 'vitest';
import { sampleProblem } from '../../../../../tests/support/sample-problem.js';
import { log } from '../../numeric/log.js';
import { fitBoosting } from './boosting.js';
import type { BoostedTrees } from './boosting.js';
import { predictBoosting } from './predict-boosting.js';
import { refitBoosting } from './refit-boosting.js';

const { matrix, classIndexes } = sampleProblem(1, 400, 5, { missing: 0.1 });
const later = sampleProblem(2, 400, 5, { missing: 0.1 });
const turned = later.classIndexes.map((index) => 2 - index); // the market has turned around
const model = fitBoosting(matrix, classIndexes, { classes: 3, params: { numIterations: 20 } });
const lossOf = (of: BoostedTrees, targets: ArrayLike<number>): number => {
  const p = predictBoosting(of, later.matrix.columns, 400);
  return Array.from(targets).reduce((sum, index, row) => sum - log(p[3 * row + index]), 0) / 400;
};

describe('refitBoosting', () => {
  it('computes the very outputs that the fit had, from the rows of the fit', () => {
    const again = refitBoosting(model, matrix, classIndexes, { decay: 0 });
    again.trees.values.forEach((value, i) => expect(value).toBeCloseTo(model.trees.values[i], 12));
    expect(again.trees.thresholds).toEqual(model.trees.thresholds);
  });

  it('learns what has changed, by as much as the decay lets it', () => {
    const losses = [1, 0.9, 0.5, 0].map((decay) => lossOf(refitBoosting(model, later.matrix, turned, { decay }), turned));
    expect(losses[0]).toBe(lossOf(model, turned));
    for (let i = 1; i < losses.length; i += 1) expect(losses[i]).toBeLessThan(losses[i - 1]);
  });

  it('keeps leaves that no row reaches', () => {
    const one = { ...matrix, length: 1, columns: matrix.columns.map((column) => column.slice(0, 1)) };
    const refitted = refitBoosting(model, one, [0], { decay: 0 });
    const changed = refitted.trees.values.filter((value, i) => value !== model.trees.values[i]).length;
    expect(changed).toBeGreaterThan(0);
    expect(changed).toBeLessThanOrEqual(model.trees.roots.length);
  });

  it.each(['binary', 'squared', 'huber'] as const)('knows the objective %s', (objective) => {
    const targets = objective === 'binary' ? classIndexes.map((index) => Number(index > 1)) : Float64Array.from(matrix.columns[0], (x) => (x || 0) * 5);
    const fitted = fitBoosting(matrix, targets, { objective, params: { numIterations: 5 } });
    const again = refitBoosting(fitted, matrix, targets, { decay: 0, ...(objective === 'huber' && { regressionLoss: 'huber' as const }) });
    again.trees.values.forEach((value, i) => expect(value).toBeCloseTo(fitted.trees.values[i], 12));
  });

  it('refuses bad options and data', () => {
    expect(() => refitBoosting(model, matrix, classIndexes, { decay: 2 })).toThrow(/`decay` option of refitBoosting must be a number from 0 to 1. Got 2/);
    expect(() => refitBoosting(model, { ...matrix, columns: matrix.columns.slice(0, 1) }, classIndexes)).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
  });
});
