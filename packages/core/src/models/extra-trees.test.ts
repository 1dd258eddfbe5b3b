import { expect, it } from 'vitest';
import { sampleProblem } from '../../../../tests/support/sample-problem.js';
import { fitForest, predictForest } from '../trees/forest/forest.js';
import { EXTRA_TREES } from './extra-trees.js';
import { RANDOM_FOREST } from './random-forest.js';

const { matrix, classIndexes } = sampleProblem(12, 200, 4, { missing: 0.1 });
const data = { features: matrix, labels: Int8Array.from(classIndexes, (index) => index - 1) };

it('draws thresholds at random and grows on all rows', () => {
  const model = EXTRA_TREES.fit(data, { seed: 5, params: { nEstimators: 8 } });
  const forest = fitForest(matrix, classIndexes, { classes: 3, seed: 5, params: { nEstimators: 8, splitter: 'random' } });
  expect(model.predictProba(matrix)).toEqual(predictForest(forest, matrix.columns, 200));
  for (const root of forest.trees.roots) expect(forest.trees.covers[root]).toBe(200);
});

it('keeps its name, and is not read as another kind', () => {
  const document = EXTRA_TREES.fit(data, { seed: 5, params: { nEstimators: 2 } }).serialize();
  expect(document.kind).toBe('extra-trees');
  expect(EXTRA_TREES.restore(document).kind).toBe('extra-trees');
  expect(() => RANDOM_FOREST.restore(document)).toThrow(expect.objectContaining({ code: 'CORRUPT', message: expect.stringContaining('`kind`') }));
});

it('names itself in errors', () => {
  expect(() => EXTRA_TREES.fit(data, { seed: 5, params: { nEstimators: 0 } })).toThrow('The `nEstimators` option of EXTRA_TREES.fit must be an integer from 1 to 10000. Got 0.');
});
