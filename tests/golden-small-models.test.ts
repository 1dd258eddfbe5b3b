// Every kind of model that is read, as LightGBM 4.7.0 and XGBoost 1.7.4 wrote it (2 or 4 rounds on 200 seeded rows of 4 features), gives
// the predictions and SHAP values of its library on 40 other rows with missing values and zeros.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { predictBoosting } from '../packages/core/src/trees/boosting/predict-boosting.js';
import { expectedOutput, treeShap } from '../packages/core/src/trees/explanation/tree-shap.js';
import type { ImportedModel } from '../packages/core/src/trees/interchange/imported-model.js';
import { readLightgbmModel } from '../packages/core/src/trees/interchange/lightgbm/read-lightgbm-model.js';
import { readXgboostModel } from '../packages/core/src/trees/interchange/xgboost/read-xgboost-model.js';
import { fixturePath } from './support/shared.js';

interface SmallModel {
  readonly name: string;
  readonly model: string;
  /** [rows × classes], of a binary model [rows] of class 1. */
  readonly predicted: number[];
  /** [5 rows × scores × (features + 1)], the expected value last; null where the library's are in other units. */
  readonly shap: number[] | null;
}

const WIDTH = 4;
const ROWS = 40;

/** The largest distance as a share of the largest number expected (at least 1). */
function distance(got: ArrayLike<number>, expected: readonly number[]): number {
  expect(got).toHaveLength(expected.length);
  return Math.max(...expected.map((value, i) => Math.abs(value - got[i]))) / Math.max(1, ...expected.map(Math.abs));
}

function check(file: string, read: (text: string) => ImportedModel, tolerance: number): void {
  const { rows, models } = JSON.parse(readFileSync(fixturePath('interchange', file), 'utf8')) as { rows: (number | null)[]; models: SmallModel[] };
  const columns = Array.from({ length: WIDTH }, (_, feature) => Float64Array.from({ length: ROWS }, (__, row) => rows[row * WIDTH + feature] ?? Number.NaN));

  it.each(models.map((small) => [small.name, small] as const))('%s', (_, { model: text, predicted, shap }) => {
    const { featureNames, model } = read(text);
    expect(featureNames).toHaveLength(WIDTH);
    const own = predictBoosting(model, columns, ROWS);
    expect(distance(model.objective === 'binary' ? own.filter((__, i) => i % 2 === 1) : own, predicted)).toBeLessThan(tolerance);
    if (shap === null) return;
    const { trees, start } = model;
    const scores = start.length;
    const explained = Array.from({ length: 5 * scores }, (__, i) => {
      const row = Float64Array.from(columns, (column) => column[Math.floor(i / scores)]);
      const score = i % scores;
      return [...treeShap(trees, row, score, scores), start[score] + expectedOutput(trees, score, scores)];
    });
    expect(distance(explained.flat(), shap)).toBeLessThan(tolerance);
  });
}

describe('small models of LightGBM', () => check('lightgbm_4.7.0.json', readLightgbmModel, 1e-13));
describe('small models of XGBoost', () => check('xgboost_1.7.4.json', readXgboostModel, 1e-6));
