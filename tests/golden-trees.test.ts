// Prediction and TreeSHAP against LightGBM 4.6.0, on its own model of synthetic data (rows with 10 % of cells emptied).
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sumTrees } from '../packages/core/src/trees/ensemble/predict.js';
import { softmaxRows } from '../packages/core/src/numeric/softmax.js';
import { expectedOutput, treeShap } from '../packages/core/src/trees/explanation/tree-shap.js';
import { readLightgbmModel } from './support/lightgbm-model.js';
import { fixturePath, readCsvRows } from './support/shared.js';

const { featureNames, trees } = readLightgbmModel(readFileSync(fixturePath('synthetic/lightgbm_model.txt'), 'utf8'));
const rows = readCsvRows(fixturePath('synthetic/model_expected.csv'));
const columns = featureNames.map((name) => Float64Array.from(rows, (row) => (row[name] === '' ? Number.NaN : Number(row[name]))));
const CLASSES = ['down', 'neutral', 'up'];

describe("LightGBM's model", () => {
  it('predicts what LightGBM predicts', () => {
    const p = softmaxRows(sumTrees(trees, columns, rows.length, new Float64Array(3)), 3);
    expect(columns.some((column) => column.some((value) => value !== value))).toBe(true);
    rows.forEach((row, i) => {
      CLASSES.forEach((name, k) => expect(Math.abs(p[3 * i + k] - Number(row[`lightgbm_p_${name}`]))).toBeLessThan(1e-14));
    });
  });

  it("has LightGBM's SHAP values and expected values", () => {
    const { lightgbm } = JSON.parse(readFileSync(fixturePath('synthetic/shap_expected.json'), 'utf8')) as { lightgbm: number[][] };
    const width = featureNames.length;
    lightgbm.forEach((expected, row) => {
      for (let k = 0; k < 3; k += 1) {
        const phi = treeShap(trees, Float64Array.from(columns, (column) => column[row]), k, 3);
        for (let feature = 0; feature < width; feature += 1) expect(Math.abs(phi[feature] - expected[k * (width + 1) + feature])).toBeLessThan(1e-12);
        expect(Math.abs(expectedOutput(trees, k, 3) - expected[k * (width + 1) + width])).toBeLessThan(1e-12);
      }
    });
    expect(lightgbm).toHaveLength(10);
  });
});
