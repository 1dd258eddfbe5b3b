// A model of another library goes into a bundle, and comes out of it with the same bits.
import { readFileSync } from 'node:fs';
import { type BundleCandidateInput, createBundle, importGbdt, loadBundle, readLightgbmModel, readXgboostModel } from '@forecastlab/core';
import { expect, it } from 'vitest';
import { csvColumns } from './support/imported-models.js';
import { fixturePath, readCsvRows } from './support/shared.js';
import { CANDIDATES, tinyInput } from './support/tiny-bundle.js';

it.each([
  ['lightgbm_model.txt', readLightgbmModel],
  ['xgboost_model.json', readXgboostModel],
])('%s in a bundle', async (file, read) => {
  const imported = read(readFileSync(fixturePath('synthetic', file), 'utf8'));
  const model = importGbdt(imported);
  const rows = readCsvRows(fixturePath('synthetic/model_expected.csv'));
  const features = { names: imported.featureNames, columns: csvColumns(rows, imported.featureNames), length: rows.length };
  const training = { features, labels: Int8Array.from(rows, (_, row) => (row % 3) - 1), openTimeMs: Float64Array.from(rows, (row) => Number(row.open_time_ms)) };
  const candidate: BundleCandidateInput = { candidate: CANDIDATES[0], model, params: { importedFrom: file }, training, walkForward: null };
  const bundle = loadBundle(createBundle({ ...(await tinyInput('imported')), featureNames: imported.featureNames, candidates: [candidate] }));
  const restored = bundle.models.get(CANDIDATES[0].name);
  expect(bundle.meta.candidates[0]).toMatchObject({ modelKind: 'gbdt', params: { importedFrom: file } });
  expect(restored?.predictProba(features)).toEqual(model.predictProba(features));
  expect(restored?.explainRow?.(features, 7, 2)).toEqual(model.explainRow?.(features, 7, 2));
});
