// Models of the same data, options and seed have the same bytes, in every version: changes that only make fits faster change
// none of these sums. A change that is meant to alter models alters them all, and says so.
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { sampleProblem } from '../../../../tests/support/sample-problem.js';
import { fitBoosting } from './boosting/boosting.js';
import type { BoostingParams } from './boosting/boosting-options.js';
import { fitForest } from './forest/forest.js';
import type { ForestParams } from './forest/forest-options.js';
import { writeTrees } from './ensemble/tree-document.js';

/** Without the gains, which decide nothing and were not stored from the beginning. */
const withoutGains = (key: string, value: unknown): unknown => (key === 'gains' ? undefined : value);
const sumOf = (document: unknown): string => createHash('sha256').update(JSON.stringify(document, withoutGains)).digest('hex').slice(0, 16);
const weightsOf = (rows: number): Float64Array => Float64Array.from({ length: rows }, (_, row) => (row % 11 === 0 ? 0 : 1 + ((row * 7) % 5) / 8));

interface Shape {
  readonly rows: number;
  readonly width: number;
  readonly missing?: number;
  readonly levels?: number;
  readonly isWeighted?: boolean;
}

function problemOf({ rows, width, missing = 0, levels = 0, isWeighted = false }: Shape) {
  const { matrix, classIndexes } = sampleProblem(rows, rows, width, { missing, levels });
  return { matrix, classIndexes, options: { classes: 3, seed: 5, ...(isWeighted && { weights: weightsOf(rows) }) } };
}

it.each<[string, Shape, BoostingParams]>([
  ['42a46eb81f74d37b', { rows: 1200, width: 6 }, {}],
  ['53b2291ec43e435b', { rows: 900, width: 3, missing: 0.1, isWeighted: true }, { minDataInLeaf: 1, numLeaves: 63 }],
  ['f2080cbdbdf315f8', { rows: 300, width: 9, missing: 0.5, levels: 12 }, { lambdaL1: 0.3, lambdaL2: 1, maxDepth: 3, maxBin: 15 }],
  ['3dd6401a4f691851', { rows: 700, width: 14 }, { featureFraction: 0.5, baggingFraction: 0.6, baggingFreq: 2, minGainToSplit: 0.1 }],
  // leaves that are sure of themselves: hessians are rounded to 0
  ['93c388c94de6975a', { rows: 150, width: 4, missing: 0.2, isWeighted: true }, { learningRate: 1, minDataInLeaf: 0, minSumHessianInLeaf: 0, lambdaL2: 0.01, numIterations: 60 }],
])('boosting %s: %j %j', (expected, shape, params) => {
  const { matrix, classIndexes, options } = problemOf(shape);
  const { start, trees } = fitBoosting(matrix, classIndexes, { ...options, params: { numIterations: 12, ...params } });
  expect(sumOf([Array.from(start), writeTrees(trees)])).toBe(expected);
});

it.each<[string, Shape, ForestParams]>([
  ['f08ff3fc185015af', { rows: 600, width: 6 }, {}],
  ['5f2d6b468f80fd73', { rows: 400, width: 3, missing: 0.3, isWeighted: true }, { minSamplesLeaf: 3, maxFeatures: 'all' }],
  ['5b706d4077deac2f', { rows: 500, width: 9, missing: 0.1, levels: 9 }, { bootstrap: false, maxDepth: 6, minImpurityDecrease: 0.001 }],
])('forest %s: %j %j', (expected, shape, params) => {
  const { matrix, classIndexes, options } = problemOf(shape);
  const { trees } = fitForest(matrix, classIndexes, { ...options, params: { nEstimators: 8, ...params } });
  expect(sumOf(writeTrees(trees))).toBe(expected);
});
