// Every kind of model that is read, as LightGBM 4.7.0 and XGBoost 1.7.4 wrote it (2 or 4 rounds on 200 seeded rows of 4 features), gives
// the predictions and SHAP values of its library on 40 other rows with missing values and zeros.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { predictBoosting } from '../packages/core/src/trees/boosting/predict-boosting.js';
import { expectedOutput, treeShap } from '../packages/core/src/trees/explanation/tree-shap.js';
import type { ImportedModel } from '../packages/core/src/trees/interchange/imported-model.js';
import { readLightgbmModel } from '../packages/core/src/trees/interchange/lightgbm/read-lightgbm-model.js';
import { readXgboostModel } from '../packages/core/src/trees/interchange/xgboost/read-xgboost-model.js';
import { largestDistance, rowOf } from './support/imported-models.js';
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

function check(file: string, read: (text: string) => ImportedModel, tolerance: number): void {
  const { rows, models } = JSON.parse(readFileSync(fixturePath('interchange', file), 'utf8')) as { rows: (number | null)[]; models: SmallModel[] };
  const columns = Array.from({ length: WIDTH }, (_, feature) => Float64Array.from({ length: ROWS }, (__, row) => rows[row * WIDTH + feature] ?? Number.NaN));

  it.each(models.map((small) => [small.name, small] as const))('%s', (_, { model: text, predicted, shap }) => {
    const { featureNames, model } = read(text);
    expect(featureNames).toHaveLength(WIDTH);
    const own = predictBoosting(model, columns, ROWS);
    const scale = Math.max(1, ...predicted.map(Math.abs));
    expect(largestDistance(model.objective === 'binary' ? own.filter((__, i) => i % 2 === 1) : own, predicted) / scale).toBeLessThan(tolerance);
    if (shap === null) return;
    const scores = model.start.length;
    const explained = Array.from({ length: 5 * scores }, (__, i) => [...treeShap(model.trees, rowOf(columns, Math.floor(i / scores)), i % scores, scores), model.start[i % scores] + expectedOutput(model.trees, i % scores, scores)]);
    expect(largestDistance(explained.flat(), shap) / scale).toBeLessThan(tolerance);
  });
}

describe('small models of LightGBM', () => check('lightgbm_4.7.0.json', readLightgbmModel, 1e-13));
describe('small models of XGBoost', () => check('xgboost_1.7.4.json', readXgboostModel, 1e-6));
