import { expect, it } from 'vitest';
import { readPeers } from '../../../../../tests/support/peer-trees.js';
import { sampleProblem } from '../../../../../tests/support/sample-problem.js';
import { fitBoosting } from '../boosting/boosting.js';
import { explainRows } from './explain-rows.js';
import { treePartialDependence } from './tree-partial-dependence.js';
import { expectedOutput } from './tree-shap.js';

const { regressor } = readPeers();

it("is scikit-learn's recursion, for one feature and for two", () => {
  const one = treePartialDependence(regressor.trees, [0], Float64Array.from(regressor.one.grid[0]), 1);
  const [expected] = regressor.one.average as number[][];
  expect(one).toHaveLength(9);
  one.forEach((sum, point) => expect(sum / 4).toBeCloseTo(expected[point], 12));

  const [first, second] = regressor.two.grid;
  const two = treePartialDependence(regressor.trees, [0, 1], Float64Array.from(first.flatMap((a) => second.flatMap((b) => [a, b]))), 1);
  const [pairs] = regressor.two.average as number[][][];
  expect(two).toHaveLength(16);
  two.forEach((sum, point) => expect(sum / 4).toBeCloseTo(pairs[Math.floor(point / 4)][point % 4], 12));
});

it('gives each tree to its class, and sends a missing value where rows with one went', () => {
  const { matrix, classIndexes } = sampleProblem(5, 200, 1, { missing: 0.2 });
  const { trees } = fitBoosting(matrix, classIndexes, { classes: 3, params: { numIterations: 4 } });
  const points = Float64Array.of(-1, 0.3, NaN);
  const dependence = treePartialDependence(trees, [0], points, 3);
  // with one feature that is held there is nothing to average over: it is the output, as SHAP values make it up
  const phi = explainRows(trees, [points], 3, 3);
  dependence.forEach((sum, i) => expect(sum).toBeCloseTo(expectedOutput(trees, i % 3, 3) + phi[i], 12));
});
