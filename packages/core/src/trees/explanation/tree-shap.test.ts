import { describe, expect, it } from 'vitest';
import { sampleProblem } from '../../../../../tests/support/sample-problem.js';
import { fitBoosting } from '../boosting/boosting.js';
import { predictScores } from '../boosting/predict-boosting.js';
import { fitForest, predictForest } from '../forest/forest.js';
import { TreeEnsembleBuilder } from '../ensemble/tree-ensemble.js';
import type { TreeEnsemble } from '../ensemble/tree-ensemble.js';
import { expectedOutput, treeShap } from './tree-shap.js';

/** The mean output of one tree for a row of which only the features in `known` (bits) are known. */
function conditional(ensemble: TreeEnsemble, node: number, slot: number, row: Float64Array, known: number): number {
  const { features, thresholds, rights, missingLeft, covers, values } = ensemble;
  const feature = features[node];
  if (feature < 0) return values[rights[node] + slot];
  const left = conditional(ensemble, node + 1, slot, row, known);
  const right = conditional(ensemble, rights[node], slot, row, known);
  if ((known >> feature) & 1) return row[feature] <= thresholds[node] || (Number.isNaN(row[feature]) && missingLeft[node] === 1) ? left : right;
  return (left * covers[node + 1] + right * covers[rights[node]]) / covers[node];
}

/** Shapley's formula over all subsets of features. */
function shapley(ensemble: TreeEnsemble, row: Float64Array, output: number, classes: number): number[] {
  const width = row.length;
  const own = [...ensemble.roots].filter((_, tree) => ensemble.outputs > 1 || tree % classes === output);
  const slot = ensemble.outputs > 1 ? output : 0;
  const value = (known: number): number => own.reduce((sum, root) => sum + conditional(ensemble, root, slot, row, known), 0);
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  const sizeOf = (set: number): number => set.toString(2).replaceAll('0', '').length;
  return Array.from({ length: width }, (_, feature) => {
    let phi = 0;
    for (let set = 0; set < 2 ** width; set += 1) {
      if ((set >> feature) & 1) continue;
      const weight = (factorial(sizeOf(set)) * factorial(width - sizeOf(set) - 1)) / factorial(width);
      phi += weight * (value(set | (1 << feature)) - value(set));
    }
    return phi;
  });
}

const { matrix, classIndexes } = sampleProblem(8, 150, 5, { missing: 0.15 });
const rowAt = (row: number): Float64Array => Float64Array.from(matrix.columns, (column) => column[row]);

describe('treeShap', () => {
  const boosted = fitBoosting(matrix, classIndexes, { classes: 3, params: { numIterations: 3, minDataInLeaf: 3, numLeaves: 12 } });
  const forest = fitForest(matrix, classIndexes, { classes: 3, seed: 1, params: { nEstimators: 4 } });

  it.each([0, 1, 2])('is what the definition gives for class %d', (output) => {
    for (const ensemble of [boosted.trees, forest.trees]) {
      for (const row of [0, 1, 2, 3, 4, 5]) {
        const expected = shapley(ensemble, rowAt(row), output, 3);
        treeShap(ensemble, rowAt(row), output, 3).forEach((phi, feature) => expect(phi).toBeCloseTo(expected[feature], 12));
      }
    }
  });

  it('adds up, with the expected output, to score and probability', () => {
    const sum = (phi: Float64Array): number => phi.reduce((total, part) => total + part, 0);
    const scores = predictScores(boosted, matrix.columns, 150);
    const probabilities = predictForest(forest, matrix.columns, 150);
    for (let row = 0; row < 150; row += 7) {
      for (let output = 0; output < 3; output += 1) {
        expect(boosted.start[output] + expectedOutput(boosted.trees, output, 3) + sum(treeShap(boosted.trees, rowAt(row), output, 3))).toBeCloseTo(scores[3 * row + output], 12);
        expect((expectedOutput(forest.trees, output, 3) + sum(treeShap(forest.trees, rowAt(row), output, 3))) / 4).toBeCloseTo(probabilities[3 * row + output], 12);
      }
    }
  });

  it('is zero for a model without trees', () => {
    const empty = new TreeEnsembleBuilder(1).build();
    expect([...treeShap(empty, Float64Array.of(1, 2), 0, 3)]).toEqual([0, 0]);
    expect(expectedOutput(empty, 0, 3)).toBe(0);
  });

  it('copes with deep trees, and refuses those that would exhaust the stack', () => {
    const chain = (depth: number): TreeEnsemble => {
      const builder = new TreeEnsembleBuilder(1);
      builder.beginTree();
      for (let i = 0; i < depth; i += 1) {
        const split = builder.addSplit(i % 3, i, false, depth + 1 - i);
        builder.addLeaf([i], 1);
        builder.beginRight(split);
      }
      builder.addLeaf([depth], 1);
      return builder.build();
    };
    const phi = treeShap(chain(1500), Float64Array.of(700, 800, 900), 0, 1);
    expect(expectedOutput(chain(1500), 0, 1) + phi.reduce((total, part) => total + part, 0)).toBeCloseTo(702, 6);
    expect(() => treeShap(chain(3000), Float64Array.of(1e9, 1e9, 1e9), 0, 1)).toThrow(expect.objectContaining({ code: 'FAILED' }));
  });
});
