import { describe, expect, it, vi } from 'vitest';
import { sampleProblem } from '../../../../tests/support/sample-problem.js';
import { fitForest, predictForest } from '../trees/forest/forest.js';
import { expectedOutput } from '../trees/explanation/tree-shap.js';
import type { TrainingData } from './classifier.js';
import { RANDOM_FOREST } from './random-forest.js';

const { matrix, classIndexes } = sampleProblem(12, 200, 4, { missing: 0.1 });
const data: TrainingData = { features: matrix, labels: Int8Array.from(classIndexes, (index) => index - 1) };
const params = { nEstimators: 8 };
const model = RANDOM_FOREST.fit(data, { seed: 5, params });

describe('RANDOM_FOREST', () => {
  it('is the forest of trees', () => {
    const forest = fitForest(matrix, classIndexes, { classes: 3, seed: 5, params });
    expect(model.predictProba(matrix)).toEqual(predictForest(forest, matrix.columns, 200));
  });

  it('weighs classes', () => {
    const document = RANDOM_FOREST.fit(data, { seed: 5, params: { ...params, maxDepth: 1 }, classWeights: [1, 0, 1] }).serialize();
    const [tree] = document.trees as { values: number[] }[];
    expect(tree.values.filter((_, i) => i % 3 === 1)).toEqual([0, 0]);
  });

  it('explains a row: contributions add up to its probability', () => {
    const forest = fitForest(matrix, classIndexes, { classes: 3, seed: 5, params });
    const p = model.predictProba(matrix);
    for (const classIndex of [0, 1, 2]) {
      const phi = model.explainRow?.(matrix, 42, classIndex) ?? new Float64Array(0);
      const sum = phi.reduce((total, part) => total + part, 0);
      expect(expectedOutput(forest.trees, classIndex, 3) / 8 + sum).toBeCloseTo(p[3 * 42 + classIndex], 12);
    }
  });

  it('comes back from JSON with every bit', () => {
    const again = RANDOM_FOREST.restore(JSON.parse(JSON.stringify(model.serialize())));
    expect(again.predictProba(matrix)).toEqual(model.predictProba(matrix));
    expect(JSON.stringify(again.serialize())).toBe(JSON.stringify(model.serialize()));
  });

  it.each<[string, object]>([
    ['at least one tree', { trees: [] }],
    ['must add up to 1, not 1.5', { trees: [{ features: [-1], thresholds: [], missingLeft: [], covers: [1], values: [0.5, 0.5, 0.5] }] }],
    ['numbers from 0 to 1', { trees: [{ features: [-1], thresholds: [], missingLeft: [], covers: [1], values: [-1, 1, 1] }] }],
    ['`kind`', { kind: 'gbdt' }],
  ])('refuses a document: %s', (reason, own) => {
    expect(() => RANDOM_FOREST.restore({ ...model.serialize(), ...own })).toThrow(expect.objectContaining({ code: 'CORRUPT', message: expect.stringContaining(reason) }));
  });

  it('tells its progress and refuses unknown options', () => {
    const onIteration = vi.fn<(done: number, total: number) => void>();
    RANDOM_FOREST.fit(data, { seed: 0, params, onIteration });
    expect(onIteration).toHaveBeenLastCalledWith(8, 8);
    expect(() => RANDOM_FOREST.fit(data, { seed: 0, params: { n_estimators: 5 } })).toThrow('Did you mean `nEstimators`?');
  });
});
