// Forests on real bars against scikit-learn 1.2.1: means and standard deviations over its seeds 0 to 9 on the fixed split.
import { expect, it } from 'vitest';
import { fitForest, logLoss, predictForest } from '@forecastlab/core';
import type { ForestParams } from '@forecastlab/core';
import { fixedSplit } from './support/fixed-split.js';
import { describeShared } from './support/shared.js';

interface Spread {
  readonly mean: number;
  readonly sd: number;
}

const SEEDS = 10;

function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, sd: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)) };
}

/** How many standard errors two means of as many seeds are apart. */
function errorsApart(own: Spread, theirs: Spread): number {
  return Math.abs(own.mean - theirs.mean) / Math.sqrt((own.sd ** 2 + theirs.sd ** 2) / SEEDS);
}

describeShared('forests on real bars', () => {
  const { train, test } = fixedSplit();
  const classIndexes = Uint8Array.from(train.labels, (label) => label + 1);
  const fits = (params: ForestParams, oob = false) => Array.from({ length: SEEDS }, (_, seed) => fitForest(train.features, classIndexes, { classes: 3, seed, params, oob }));
  const lossOf = (forests: ReturnType<typeof fits>): Spread => spreadOf(forests.map((forest) => logLoss(test.labels, predictForest(forest, test.features.columns, test.features.length))));

  it.each<[string, ForestParams, Spread]>([
    ['ExtraTreesClassifier()', { splitter: 'random' }, { mean: 1.29608, sd: 0.02629 }],
    ["RandomForestClassifier(criterion='entropy')", { criterion: 'entropy' }, { mean: 1.21853, sd: 0.01505 }],
    ["RandomForestClassifier(class_weight='balanced_subsample', max_samples=0.5)", { classWeights: 'balanced-subsample', maxSamples: 0.5 }, { mean: 1.1892, sd: 0.02959 }],
    ['RandomForestClassifier(max_leaf_nodes=40)', { maxLeafNodes: 40 }, { mean: 1.17633, sd: 0.00714 }],
  ])('%s has the same log loss', (_, params, theirs) => {
    expect(errorsApart(lossOf(fits(params)), theirs)).toBeLessThan(3);
  });

  it('RandomForestClassifier(oob_score=True) has the same out-of-bag scores', () => {
    const forests = fits({}, true);
    expect(errorsApart(spreadOf(forests.map((forest) => forest.outOfBag?.accuracy ?? 0)), { mean: 0.70247, sd: 0.00556 })).toBeLessThan(3);
    expect(errorsApart(spreadOf(forests.map((forest) => forest.outOfBag?.logLoss ?? 0)), { mean: 0.78459, sd: 0.01942 })).toBeLessThan(3);
  });

  it('histogram splits lose at most 1 % of log loss to exact ones', () => {
    expect(lossOf(fits({ splitMode: 'histogram' })).mean).toBeLessThan(1.01 * lossOf(fits({})).mean);
  });
});
