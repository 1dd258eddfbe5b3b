// Models of LightGBM 4.6.0 and XGBoost 1.7.4 give these libraries' own probabilities and SHAP values, on synthetic data with
// 10 % of cells emptied, and on real data where the shared folder is there.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isForecastLabError } from '../packages/core/src/errors.js';
import { sumTrees } from '../packages/core/src/trees/ensemble/predict.js';
import { expectedOutput, treeShap } from '../packages/core/src/trees/explanation/tree-shap.js';
import type { ImportedModel } from '../packages/core/src/trees/interchange/imported-model.js';
import { readLightgbmModel } from '../packages/core/src/trees/interchange/lightgbm/read-lightgbm-model.js';
import { readXgboostModel } from '../packages/core/src/trees/interchange/xgboost/read-xgboost-model.js';
import { predictBoosting } from '../packages/core/src/trees/boosting/predict-boosting.js';
import { csvColumns, largestDistance, rowOf } from './support/imported-models.js';
import { describeShared, fixturePath, readBytes, readCsvRows, sharedPath } from './support/shared.js';

const fixture = (name: string): string => readFileSync(fixturePath('synthetic', name), 'utf8');
const rows = readCsvRows(fixturePath('synthetic/model_expected.csv'));
const CLASSES = ['down', 'neutral', 'up'];
const shap = JSON.parse(fixture('shap_expected.json')) as { lightgbm: number[][]; xgboost: number[][][] };

/** Largest distances of SHAP values and of the expected value (with the start), per row of `expected` [rows][classes][features + 1]. */
function shapDistance({ featureNames, model }: ImportedModel, expected: readonly number[][][]): number {
  const columns = csvColumns(rows, featureNames);
  return Math.max(
    ...expected.flatMap((classes, row) =>
      classes.map((values, k) => {
        const own = [...treeShap(model.trees, rowOf(columns, row), k, model.start.length), model.start[k] + expectedOutput(model.trees, k, model.start.length)];
        return largestDistance(own, values);
      }),
    ),
  );
}

const chunk = (values: readonly number[], size: number): number[][] => Array.from({ length: values.length / size }, (_, i) => values.slice(i * size, (i + 1) * size));

describe("LightGBM's model of synthetic data", () => {
  const imported = readLightgbmModel(fixture('lightgbm_model.txt'));

  it('predicts what LightGBM predicts', () => {
    const columns = csvColumns(rows, imported.featureNames);
    expect(columns.some((column) => column.some((value) => value !== value))).toBe(true);
    const expected = rows.flatMap((row) => CLASSES.map((name) => Number(row[`lightgbm_p_${name}`])));
    expect(largestDistance(predictBoosting(imported.model, columns, rows.length), expected)).toBeLessThan(1e-14);
    expect(imported.model).toMatchObject({ objective: 'multiclass', classes: 3, iterations: 20 });
  });

  it("has LightGBM's SHAP values and expected values", () => {
    expect(shap.lightgbm).toHaveLength(10);
    expect(shapDistance(imported, shap.lightgbm.map((values) => chunk(values, imported.featureNames.length + 1)))).toBeLessThan(1e-12);
  });
});

describe("XGBoost's models of synthetic data", () => {
  const imported = readXgboostModel(fixture('xgboost_model.json'));
  const binary = readXgboostModel(JSON.parse(fixture('xgboost_binary_model.json')));

  it('predict what XGBoost predicts', () => {
    const expected = rows.flatMap((row) => CLASSES.map((name) => Number(row[`xgboost_p_${name}`])));
    expect(largestDistance(predictBoosting(imported.model, csvColumns(rows, imported.featureNames), rows.length), expected)).toBeLessThan(5e-7);
    expect(imported.model).toMatchObject({ objective: 'multiclass', classes: 3, iterations: 20 });
    const up = predictBoosting(binary.model, csvColumns(rows, binary.featureNames), rows.length).filter((_, i) => i % 2 === 1);
    expect(largestDistance(up, rows.map((row) => Number(row.xgboost_binary_p_up)))).toBeLessThan(5e-7);
    expect(binary.model).toMatchObject({ objective: 'binary', classes: 2, iterations: 10 });
  });

  it("have XGBoost's SHAP values and expected values", () => {
    expect(shap.xgboost).toHaveLength(10);
    expect(shapDistance(imported, shap.xgboost)).toBeLessThan(2e-6);
  });
});

describe('damaged files', () => {
  const files = { 'lightgbm_model.txt': readLightgbmModel, 'xgboost_model.json': readXgboostModel };
  const attempt = (read: (text: string) => ImportedModel, text: string): string => {
    try {
      const { model, featureNames } = read(text);
      const columns = csvColumns(rows.slice(0, 5), featureNames);
      return predictBoosting(model, columns, 5).every((p) => p >= 0 && p <= 1) ? 'read' : 'unsound';
    } catch (error) {
      return isForecastLabError(error) ? error.code : String(error);
    }
  };

  it.each(Object.entries(files))('%s is refused when cut short', (name, read) => {
    const text = fixture(name);
    const end = text.includes('end of trees') ? text.indexOf('end of trees') : text.trimEnd().length - 1;
    for (let length = end; length > 0; length -= 1501) expect(attempt(read, text.slice(0, length))).toBe('CORRUPT');
  });

  it.each(Object.entries(files))('%s with a character changed is refused or still sound', (name, read) => {
    const text = fixture(name);
    for (let i = 0; i < text.length; i += 1201) {
      for (const other of ['-', '9', '.', ' ', ']']) expect(['read', 'CORRUPT', 'BAD_FILE']).toContain(attempt(read, text.slice(0, i) + other + text.slice(i + 1)));
    }
  });
});

describeShared("LightGBM's models of real data", () => {
  const expected = readCsvRows(sharedPath('golden/models/lgb_T21X8_flow_legacy_fold0_proba.csv'));
  const text = readBytes(sharedPath('golden/models/lgb_T21X8_flow_legacy_fold0_model.txt.gz')).toString('utf8');
  const table = new Map(readCsvRows(sharedPath('golden/features_flow_full.csv.gz')).map((row) => [row.open_time_ms, row]));
  const matched = expected.map((row) => table.get(row.open_time_ms) ?? {});
  const numbers = (suffix: (k: string) => string): number[] => expected.flatMap((row) => ['-1', '0', '1'].map((k) => Number(row[suffix(k)])));

  it('give raw scores and probabilities after 100 rounds and after 3', () => {
    const { featureNames, model } = readLightgbmModel(text);
    const columns = csvColumns(matched, featureNames);
    expect(largestDistance(sumTrees(model.trees, columns, expected.length, model.start), numbers((k) => `raw${k}`))).toBeLessThan(1e-12);
    expect(largestDistance(predictBoosting(model, columns, expected.length), numbers((k) => `p${k}`))).toBeLessThan(1e-13);
    const short = readLightgbmModel(text, { iterations: 3 });
    expect(largestDistance(predictBoosting(short.model, columns, expected.length), numbers((k) => `p${k}_3rounds`))).toBeLessThan(1e-13);
    expect([model.iterations, short.model.iterations]).toEqual([100, 3]);
  });

  it('are as good with purged forward labels', () => {
    const { features } = JSON.parse(readFileSync(sharedPath('golden/quality_anchors.json'), 'utf8')) as { features: string[] };
    const { featureNames, model } = readLightgbmModel(readBytes(sharedPath('golden/models/lgb_anchor_T14X8_flow_fwd_model.txt.gz')).toString('utf8'), { featureNames: features });
    const anchors = readCsvRows(sharedPath('golden/quality_anchor_probas.csv.gz'));
    const names = Object.keys(anchors[0]).filter((name) => name.startsWith('lightgbm100_t1_p'));
    const columns = csvColumns(anchors.map((row) => table.get(row.open_time_ms) ?? {}), featureNames);
    const anchored = anchors.flatMap((row) => names.map((name) => Number(row[name])));
    expect(names).toHaveLength(3);
    expect(largestDistance(predictBoosting(model, columns, anchors.length), anchored)).toBeLessThan(1e-12);
  });
});
