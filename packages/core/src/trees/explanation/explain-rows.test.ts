import { expect, it } from 'vitest';
import { sampleProblem } from '../../../../../tests/support/sample-problem.js';
import { fitBoosting } from '../boosting/boosting.js';
import { TreeEnsembleBuilder } from '../ensemble/tree-ensemble.js';
import { fitForest } from '../forest/forest.js';
import { explainRows } from './explain-rows.js';
import { treeShap } from './tree-shap.js';

const ROWS = 300;
const { matrix, classIndexes } = sampleProblem(8, ROWS, 5, { missing: 0.15 });

it('has the bits of treeShap, row by row and class by class', () => {
  const boosted = fitBoosting(matrix, classIndexes, { classes: 3, params: { numIterations: 3, numLeaves: 12 } }).trees;
  const forest = fitForest(matrix, classIndexes, { classes: 3, seed: 1, params: { nEstimators: 4 } }).trees;
  for (const ensemble of [boosted, forest]) {
    const all = explainRows(ensemble, matrix.columns, ROWS, 3);
    expect(all).toHaveLength(ROWS * 5 * 3);
    expect(all.some((phi) => phi !== 0)).toBe(true);
    for (let at = 0; at < ROWS; at += 1) {
      const row = Float64Array.from(matrix.columns, (column) => column[at]);
      for (let k = 0; k < 3; k += 1) expect(Array.from({ length: 5 }, (_, f) => all[(at * 5 + f) * 3 + k])).toEqual([...treeShap(ensemble, row, k, 3)]);
    }
  }
});

it('explains models of one score', () => {
  const builder = new TreeEnsembleBuilder(1);
  builder.beginTree();
  const split = builder.addSplit(0, 1, true, 4);
  builder.addLeaf([10], 1);
  builder.beginRight(split);
  builder.addLeaf([20], 3);
  const phi = explainRows(builder.build(), [Float64Array.of(1, 2, NaN)], 3, 1);
  [-7.5, 2.5, -7.5].forEach((expected, row) => expect(phi[row]).toBeCloseTo(expected, 12));
  expect(explainRows(builder.build(), [new Float64Array(0)], 0, 1)).toHaveLength(0);
});
