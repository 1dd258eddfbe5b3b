import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { csvColumns, largestDistance } from '../../../../tests/support/imported-models.js';
import { fixturePath, readCsvRows } from '../../../../tests/support/shared.js';
import { readLightgbmModel } from '../trees/interchange/lightgbm/read-lightgbm-model.js';
import { readXgboostModel } from '../trees/interchange/xgboost/read-xgboost-model.js';
import type { ClassLabel } from './classifier.js';
import { restoreClassifier } from './classifiers.js';
import { importGbdt } from './import-gbdt.js';

const fixture = (name: string): string => readFileSync(fixturePath('synthetic', name), 'utf8');
const lightgbm = readLightgbmModel(fixture('lightgbm_model.txt'));
const xgboost = readXgboostModel(fixture('xgboost_model.json'));
const rows = readCsvRows(fixturePath('synthetic/model_expected.csv'));
const features = { names: lightgbm.featureNames, columns: csvColumns(rows, lightgbm.featureNames), length: rows.length };
const expected = (library: string, order: readonly string[]): number[] => rows.flatMap((row) => order.map((name) => Number(row[`${library}_p_${name}`])));

describe('importGbdt', () => {
  it('predicts what the library predicts, and the same bits after it was stored', () => {
    for (const [library, imported] of [['lightgbm', lightgbm], ['xgboost', xgboost]] as const) {
      const model = importGbdt(imported);
      const p = model.predictProba(features);
      expect(largestDistance(p, expected(library, ['down', 'neutral', 'up']))).toBeLessThan(library === 'lightgbm' ? 1e-14 : 5e-7);
      const again = restoreClassifier(JSON.parse(JSON.stringify(model.serialize())));
      expect(again.predictProba(features)).toEqual(p);
      for (const k of [0, 1, 2]) expect(again.explainRow?.(features, 3, k)).toEqual(model.explainRow?.(features, 3, k));
    }
  });

  it("explains with the library's SHAP values", () => {
    const shap = JSON.parse(fixture('shap_expected.json')) as { xgboost: number[][][] };
    const model = importGbdt(xgboost);
    shap.xgboost.forEach((classes, row) => classes.forEach((values, k) => expect(largestDistance(model.explainRow?.(features, row, k) ?? [], values.slice(0, -1))).toBeLessThan(2e-6)));
  });

  it('puts the classes in the order of its labels', () => {
    const model = importGbdt(lightgbm, { classOrder: [1, -1, 0] }); // the first class of the model is 1, the second -1
    expect(largestDistance(model.predictProba(features), expected('lightgbm', ['neutral', 'up', 'down']))).toBeLessThan(1e-14);
    const started = importGbdt({ ...lightgbm, model: { ...lightgbm.model, start: Float64Array.of(1, 2, 3) } }, { classOrder: [1, -1, 0] });
    expect(started.serialize().start).toEqual([2, 3, 1]);
  });

  it('refuses other models and orders', () => {
    const binary = readXgboostModel(fixture('xgboost_binary_model.json'));
    expect(() => importGbdt(binary)).toThrow(expect.objectContaining({ code: 'BAD_DATA', message: expect.stringContaining('Got a binary model') }));
    for (const classOrder of [[-1, 0], [-1, 0, 0], [-1, 0, 1, 1], [0, 1, 2], 'abc'] as unknown as ClassLabel[][]) {
      expect(() => importGbdt(lightgbm, { classOrder })).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
    }
  });
});
