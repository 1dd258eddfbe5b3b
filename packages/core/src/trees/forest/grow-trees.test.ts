// WebAssembly and TypeScript grow the same trees, bit for bit, and ranges of trees join to the whole forest.
import { describe, expect, it } from 'vitest';
import { sampleProblem } from '../../../../../tests/support/sample-problem.js';
import { joinEnsembles } from '../ensemble/tree-ensemble.js';
import type { ForestParams } from './forest-options.js';
import { planForest } from './forest-plan.js';
import { growTrees } from './grow-trees.js';
import { borrowKernel } from './kernel-pool.js';

interface Problem {
  readonly rows: number;
  readonly width: number;
  readonly missing?: number;
  readonly levels?: number;
  /** Row weights that are not whole. */
  readonly isWeighted?: boolean;
  readonly classes?: number;
}

function planOf({ rows, width, missing = 0, levels = 0, isWeighted = false, classes = 3 }: Problem, params: ForestParams) {
  const { matrix, classIndexes } = sampleProblem(rows + width, rows, width, { missing, levels });
  const labels = classIndexes.map((index, row) => (index + (classes > 3 ? row % (classes - 2) : 0)) % classes);
  const weights = isWeighted ? Float64Array.from({ length: rows }, (_, row) => (row % 13 === 0 ? 0 : 0.1 + ((row * 7) % 11) / 7)) : undefined;
  return planForest('test', matrix, labels, { classes, seed: 9, params: { nEstimators: 4, ...params }, ...(weights && { weights }) });
}

it('the kernel is there', () => {
  borrowKernel((kernel) => expect(kernel).toBeDefined());
});

describe('the kernel and TypeScript', () => {
  it.each<[Problem, ForestParams]>([
    [{ rows: 700, width: 5 }, {}],
    [{ rows: 700, width: 5, missing: 0.2 }, {}],
    [{ rows: 1500, width: 3, missing: 0.1, isWeighted: true }, {}],
    [{ rows: 900, width: 6, levels: 7 }, { minSamplesLeaf: 3 }],
    [{ rows: 900, width: 6, levels: 300, missing: 0.3, isWeighted: true }, { minWeightFractionLeaf: 0.01 }],
    [{ rows: 900, width: 6, levels: 300, missing: 0.3 }, { minWeightFractionLeaf: 0.01, maxFeatures: 'all' }],
    [{ rows: 700, width: 4, classes: 2 }, { bootstrap: false, minSamplesLeaf: 5 }],
    [{ rows: 700, width: 4, classes: 4, missing: 0.1 }, {}],
    [{ rows: 700, width: 4, classes: 9, missing: 0.1 }, {}],
    [{ rows: 400, width: 5, missing: 0.2 }, { criterion: 'entropy' }],
    [{ rows: 400, width: 5, missing: 0.2, isWeighted: true }, { criterion: 'entropy', splitMode: 'histogram' }],
    [{ rows: 2000, width: 4, missing: 0.1 }, { splitMode: 'histogram', maxBin: 31 }],
    [{ rows: 2000, width: 4, isWeighted: true }, { splitMode: 'histogram' }],
    [{ rows: 800, width: 5, missing: 0.2 }, { splitter: 'random' }],
    [{ rows: 800, width: 5, isWeighted: true }, { splitter: 'random', criterion: 'entropy', bootstrap: true }],
    [{ rows: 800, width: 5, levels: 3, missing: 0.4 }, { splitter: 'random', minSamplesLeaf: 4 }],
    [{ rows: 800, width: 5 }, { maxLeafNodes: 17, classWeights: 'balanced-subsample' }],
    [{ rows: 800, width: 5, missing: 0.1 }, { maxSamples: 0.3, classWeights: [1, 300, 2] }],
    [{ rows: 70000, width: 2 }, { nEstimators: 1 }],
    [{ rows: 6, width: 2 }, {}],
  ])('grow the same trees: %j %j', (problem, params) => {
    const plan = planOf(problem, params);
    const count = plan.params.nEstimators;
    expect(growTrees(plan, 0, count)).toEqual(growTrees(plan, 0, count, { useKernel: false }));
  });
});

it.each<ForestParams>([{}, { splitter: 'random' }, { classWeights: 'balanced-subsample' }, { maxLeafNodes: 9 }])('ranges join to the whole: %j', (params) => {
  const plan = planOf({ rows: 300, width: 4, missing: 0.1 }, { ...params, nEstimators: 7 });
  const parts = [growTrees(plan, 0, 3), growTrees(plan, 3, 4), growTrees(plan, 4, 7)];
  expect(joinEnsembles(3, parts)).toEqual(growTrees(plan, 0, 7));
});

it('a fit inside a fit does not disturb it', () => {
  const plan = planOf({ rows: 300, width: 4 }, {});
  const other = planOf({ rows: 200, width: 3 }, {});
  expect(growTrees(plan, 0, 4, { onTree: () => growTrees(other, 0, 1) })).toEqual(growTrees(plan, 0, 4));
});
