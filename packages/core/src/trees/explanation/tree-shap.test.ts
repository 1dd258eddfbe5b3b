import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleProblem } from '../../../../../tests/support/sample-problem.js';
import { fitBoosting } from '../boosting/boosting.js';
import { predictScores } from '../boosting/predict-boosting.js';
import { leafOf, sumTrees } from '../ensemble/predict.js';
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
  const values = Array.from({ length: 2 ** width }, (_, known) => own.reduce((sum, root) => sum + conditional(ensemble, root, slot, row, known), 0));
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  const sizeOf = (set: number): number => set.toString(2).replaceAll('0', '').length;
  return Array.from({ length: width }, (_, feature) => {
    let phi = 0;
    for (let set = 0; set < 2 ** width; set += 1) {
      if ((set >> feature) & 1) continue;
      const weight = (factorial(sizeOf(set)) * factorial(width - sizeOf(set) - 1)) / factorial(width);
      phi += weight * (values[set | (1 << feature)] - values[set]);
    }
    return phi;
  });
}

interface Shape {
  readonly feature: number;
  readonly threshold: number;
  readonly isMissingLeft: boolean;
  readonly left: Shape | number[];
  readonly right: Shape | number[];
}

/** A random ensemble over `width` features; leaves of `outputs` numbers and a cover. */
const ensembles = (width: number, outputs: number): fc.Arbitrary<TreeEnsemble> => {
  const leaf = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.array(fc.integer({ min: -8, max: 8 }), { minLength: outputs, maxLength: outputs })).map(([cover, values]) => [cover, ...values]);
  const { tree } = fc.letrec<{ tree: Shape | number[] }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 7, depthSize: 'large', withCrossShrink: true },
      leaf,
      fc.record({ feature: fc.nat(width - 1), threshold: fc.integer({ min: -3, max: 3 }), isMissingLeft: fc.boolean(), left: tie('tree'), right: tie('tree') }),
    ),
  }));
  return fc.array(tree, { minLength: 1, maxLength: 4 }).map((shapes) => {
    const builder = new TreeEnsembleBuilder(outputs);
    const coverOf = (shape: Shape | number[]): number => (Array.isArray(shape) ? shape[0] : coverOf(shape.left) + coverOf(shape.right));
    const add = (shape: Shape | number[]): void => {
      if (Array.isArray(shape)) return builder.addLeaf(shape.slice(1), shape[0]);
      const split = builder.addSplit(shape.feature, shape.threshold, shape.isMissingLeft, coverOf(shape));
      add(shape.left);
      builder.beginRight(split);
      return add(shape.right);
    };
    for (const shape of shapes) {
      builder.beginTree();
      add(shape);
    }
    return builder.build();
  });
};
const rows = (width: number): fc.Arbitrary<Float64Array> => fc.array(fc.oneof(fc.integer({ min: -4, max: 4 }), fc.constant(Number.NaN)), { minLength: width, maxLength: width }).map((values) => Float64Array.from(values));
const sum = (numbers: Float64Array): number => numbers.reduce((total, number) => total + number, 0);

describe('treeShap', () => {
  it.each([1, 2, 6])('is what the definition gives, for random trees over %d features with missing values', (width) => {
    fc.assert(
      fc.property(ensembles(width, 1), rows(width), fc.integer({ min: 1, max: 3 }), (ensemble, row, classes) => {
        for (let output = 0; output < classes; output += 1) {
          const expected = shapley(ensemble, row, output, classes);
          treeShap(ensemble, row, output, classes).forEach((phi, feature) => expect(Math.abs(phi - expected[feature])).toBeLessThan(1e-12));
        }
      }),
    );
  });

  it('is what the definition gives, for random forests with several outputs', () => {
    fc.assert(
      fc.property(ensembles(4, 3), rows(4), (ensemble, row) => {
        for (let output = 0; output < 3; output += 1) {
          const expected = shapley(ensemble, row, output, 3);
          treeShap(ensemble, row, output, 3).forEach((phi, feature) => expect(Math.abs(phi - expected[feature])).toBeLessThan(1e-12));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('is what the definition gives, for fitted models', () => {
    const { matrix, classIndexes } = sampleProblem(8, 150, 5, { missing: 0.15 });
    const boosted = fitBoosting(matrix, classIndexes, { classes: 3, params: { numIterations: 3, minDataInLeaf: 3, numLeaves: 12 } }).trees;
    const forest = fitForest(matrix, classIndexes, { classes: 3, seed: 1, params: { nEstimators: 4 } }).trees;
    for (const ensemble of [boosted, forest]) {
      for (let at = 0; at < 6; at += 1) {
        const row = Float64Array.from(matrix.columns, (column) => column[at]);
        for (let output = 0; output < 3; output += 1) {
          const expected = shapley(ensemble, row, output, 3);
          treeShap(ensemble, row, output, 3).forEach((phi, feature) => expect(phi).toBeCloseTo(expected[feature], 12));
        }
      }
    }
  });

  it('adds up, with the expected output, to score and probability, for deep trees over many features too', () => {
    const { matrix, classIndexes } = sampleProblem(9, 1500, 40, { missing: 0.05 });
    const boosted = fitBoosting(matrix, classIndexes, { classes: 3, params: { numIterations: 20, minDataInLeaf: 1, numLeaves: 255 } });
    const forest = fitForest(matrix, classIndexes, { classes: 3, seed: 1, params: { nEstimators: 10, maxFeatures: 1 } });
    const scores = predictScores(boosted, matrix.columns, 1500);
    const probabilities = predictForest(forest, matrix.columns, 1500);
    for (let at = 0; at < 1500; at += 150) {
      const row = Float64Array.from(matrix.columns, (column) => column[at]);
      for (let output = 0; output < 3; output += 1) {
        const score = boosted.start[output] + expectedOutput(boosted.trees, output, 3) + sum(treeShap(boosted.trees, row, output, 3));
        expect(Math.abs(score - scores[3 * at + output])).toBeLessThan(1e-12 * Math.max(1, Math.abs(scores[3 * at + output])));
        const probability = (expectedOutput(forest.trees, output, 3) + sum(treeShap(forest.trees, row, output, 3))) / 10;
        expect(Math.abs(probability - probabilities[3 * at + output])).toBeLessThan(1e-12);
      }
    }
  });

  it('is zero for a model without trees', () => {
    const empty = new TreeEnsembleBuilder(1).build();
    expect([...treeShap(empty, Float64Array.of(1, 2), 0, 3)]).toEqual([0, 0]);
    expect(expectedOutput(empty, 0, 3)).toBe(0);
  });

  /** A tree that splits one leaf off at every step. */
  function chain(depth: number, width: number, covers: (node: number) => number): TreeEnsemble {
    const builder = new TreeEnsembleBuilder(1);
    builder.beginTree();
    for (let i = 0; i < depth; i += 1) {
      const split = builder.addSplit(i % width, i, false, covers(i));
      builder.addLeaf([i], covers(i) - covers(i + 1));
      builder.beginRight(split);
    }
    builder.addLeaf([depth], covers(depth));
    return builder.build();
  }

  it.each([
    [1500, 3],
    [100_000, 3],
    [400, 400],
  ])('copes with a tree that is %d splits deep, over %d features', (depth, width) => {
    const ensemble = chain(depth, width, (node) => depth + 1 - node);
    const row = Float64Array.from({ length: width }, (_, i) => (i === 0 ? depth / 2 : depth));
    const leaf = ensemble.values[ensemble.rights[leafOf(ensemble, 0, row, 0)]];
    const phi = treeShap(ensemble, row, 0, 1);
    expect(phi.every(Number.isFinite)).toBe(true);
    expect(Math.abs(expectedOutput(ensemble, 0, 1) + sum(phi) - leaf)).toBeLessThan(1e-9 * depth);
  });

  it('copes with branches that no training row took', () => {
    const ensemble = chain(6, 3, () => 5); // all leaves but the last have a cover of 0
    for (const x of [0, 1, 2, 3, 4, 9]) {
      const row = Float64Array.of(x, x, x);
      const [output] = sumTrees(ensemble, [...row].map((value) => Float64Array.of(value)), 1, new Float64Array(1));
      const phi = treeShap(ensemble, row, 0, 1);
      expect(expectedOutput(ensemble, 0, 1) + sum(phi)).toBeCloseTo(output, 10);
      shapley(ensemble, row, 0, 1).forEach((expected, feature) => expect(phi[feature]).toBeCloseTo(expected, 10));
    }
  });
});
