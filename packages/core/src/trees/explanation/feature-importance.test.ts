import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPeers } from '../../../../../tests/support/peer-trees.js';
import { sampleProblem } from '../../../../../tests/support/sample-problem.js';
import { fixturePath } from '../../../../../tests/support/shared.js';
import { fitBoosting } from '../boosting/boosting.js';
import { TreeEnsembleBuilder } from '../ensemble/tree-ensemble.js';
import { fitForest } from '../forest/forest.js';
import { readLightgbmModel } from '../interchange/lightgbm/read-lightgbm-model.js';
import { featureImportance, IMPORTANCE_TYPES } from './feature-importance.js';
import type { ImportanceType } from './feature-importance.js';

const sum = (numbers: Float64Array): number => numbers.reduce((total, number) => total + number, 0);

describe('featureImportance', () => {
  it("is LightGBM's own count of splits", () => {
    const text = readFileSync(fixturePath('synthetic/lightgbm_model.txt'), 'utf8');
    const { model: { trees }, featureNames } = readLightgbmModel(text);
    const listed = new Map(text.split('feature_importances:\n')[1].split('\n\n')[0].split('\n').map((line) => line.split('=') as [string, string]));
    const splits = featureImportance(trees, featureNames.length, { type: 'split' });
    expect(listed.size).toBeGreaterThan(5);
    featureNames.forEach((name, feature) => expect(splits[feature]).toBe(Number(listed.get(name) ?? 0)));
    const gains = [...text.matchAll(/^split_gain=(.*)$/gm)].flatMap((line) => line[1].split(' ').map(Number));
    expect(sum(featureImportance(trees, featureNames.length, { type: 'total-gain' }))).toBeCloseTo(gains.reduce((total, gain) => total + gain, 0), 6);
  });

  it.each<[ImportanceType, string]>([
    ['split', 'weight'],
    ['gain', 'gain'],
    ['total-gain', 'total_gain'],
    ['cover', 'cover'],
    ['total-cover', 'total_cover'],
  ])("'%s' is XGBoost's '%s'", (type, name) => {
    const { xgboost } = readPeers();
    const importances = featureImportance(xgboost.trees, 5, { type });
    xgboost.scores[name].forEach((score, feature) => expect(Math.abs(importances[feature] / score - 1)).toBeLessThan(1e-6)); // it adds up in single precision
  });

  it("'impurity' is scikit-learn's feature_importances_", () => {
    const { forest, regressor } = readPeers();
    for (const { trees, importances } of [forest, regressor]) {
      featureImportance(trees, 5, { type: 'impurity' }).forEach((importance, feature) => expect(importance).toBeCloseTo(importances[feature], 12));
    }
  });

  it('finds the features that decide, in our own models', () => {
    const { matrix, classIndexes } = sampleProblem(4, 400, 6);
    const boosted = fitBoosting(matrix, classIndexes, { classes: 3, params: { numIterations: 10 } }).trees;
    const forest = fitForest(matrix, classIndexes, { classes: 3, seed: 1, params: { nEstimators: 10 } }).trees;
    for (const ensemble of [boosted, forest]) {
      for (const type of ['gain', 'total-gain', 'impurity'] as const) {
        const importances = featureImportance(ensemble, 6, { type });
        for (const decisive of [0, 1]) for (const idle of [2, 3, 4, 5]) expect(importances[decisive]).toBeGreaterThan(2 * importances[idle]);
      }
    }
  });

  it('adds up to 1 when normalized, and keeps proportions', () => {
    const { forest } = readPeers();
    for (const type of IMPORTANCE_TYPES) {
      const shares = featureImportance(forest.trees, 5, { type, isNormalized: true });
      const whole = featureImportance(forest.trees, 5, { type });
      expect(sum(shares)).toBeCloseTo(1, 12);
      shares.forEach((share, feature) => expect(share * sum(whole)).toBeCloseTo(whole[feature], 9));
    }
  });

  it('is zero for a model without splits and for features without any', () => {
    const builder = new TreeEnsembleBuilder(1);
    builder.beginTree();
    builder.addLeaf([1], 3);
    for (const type of IMPORTANCE_TYPES) expect([...featureImportance(builder.build(), 2, { type, isNormalized: true })]).toEqual([0, 0]);
    expect(featureImportance(readPeers().forest.trees, 7)[6]).toBe(0);
  });

  it('refuses an unknown type, too few features, and gains of trees that hold none', () => {
    const { trees } = readPeers().forest;
    expect(() => featureImportance(trees, 5, { type: 'weight' as ImportanceType })).toThrow(/The `type` option of featureImportance must be one of split, gain/);
    for (const features of [4, 5.5, Number.NaN]) expect(() => featureImportance(trees, features)).toThrow(/must be the number of features of the ensemble, above 4/);
    const without = { ...trees, gains: new Float64Array(trees.gains.length) };
    for (const type of ['gain', 'total-gain', 'impurity'] as const) expect(() => featureImportance(without, 5, { type })).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
    expect(sum(featureImportance(without, 5, { type: 'split' }))).toBeGreaterThan(0);
  });
});
