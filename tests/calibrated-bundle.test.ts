// Calibrated models in bundles: stored, restored with the same bits, and refused when meta.json and model disagree.
import { beforeAll, describe, expect, it } from 'vitest';
import { type BundleFiles, createBundle, fitCalibrated, loadBundle, predictWithBundle, sha256Hex } from '@forecastlab/core';
import { tinyInput, tinyRows } from './support/tiny-bundle.js';

type Json = ReturnType<typeof JSON.parse>;
const MODEL = 'model_T21_X8.json';
const METHODS = ['sigmoid', 'isotonic', 'temperature'] as const;
const read = (files: ReadonlyMap<string, Uint8Array>, name: string): Json => JSON.parse(new TextDecoder().decode(files.get(name)));

async function calibratedBundle(calibration: (typeof METHODS)[number]): Promise<BundleFiles> {
  const input = await tinyInput('calibrated', { kind: 'gbdt' });
  const [first, second] = input.candidates;
  const model = fitCalibrated('gbdt', tinyRows(1), { seed: 1, params: first.params, calibration, calibrationFolds: 3, embargoBars: 2 });
  return createBundle({ ...input, candidates: [{ ...first, model }, second] });
}

/** The files with model and meta.json changed and checksums made to fit. */
function forged(files: BundleFiles, change: (meta: Json, model: Json) => void): Map<string, Uint8Array> {
  const [meta, model] = [read(files, 'meta.json'), read(files, MODEL)];
  change(meta, model);
  const bytes = new TextEncoder().encode(JSON.stringify(model));
  meta.files[MODEL] = { sha256: sha256Hex(bytes), bytes: bytes.length };
  return new Map(files).set(MODEL, bytes).set('meta.json', new TextEncoder().encode(JSON.stringify(meta)));
}

describe('a bundle with a calibrated model', () => {
  it.each(METHODS)('keeps its kind, its calibration and every bit: %s', async (method) => {
    const files = await calibratedBundle(method);
    const bundle = loadBundle(files);
    const [first, second] = bundle.meta.candidates;
    expect([first.modelKind, first.calibration]).toEqual(['gbdt', { method, folds: 3, embargoBars: 2, rows: 120 }]);
    expect([second.modelKind, second.calibration]).toEqual(['gbdt', { method: 'none' }]);
    const { features } = tinyRows(1);
    const model = fitCalibrated('gbdt', tinyRows(1), { seed: 1, params: first.params, calibration: method, calibrationFolds: 3, embargoBars: 2 });
    expect(bundle.models.get('T21_X8')?.predictProba(features)).toEqual(model.predictProba(features));
    const [prediction] = predictWithBundle(bundle, features, 100);
    expect(prediction.probabilities).toEqual([...model.predictProba(features).subarray(300, 303)]);
    expect(prediction.contributions).toHaveLength(3);
  });
});

describe('a forged bundle', () => {
  let files: BundleFiles;
  beforeAll(async () => {
    files = await calibratedBundle('isotonic');
  });

  it('would load when nothing is changed', () => {
    expect(loadBundle(forged(files, () => {})).meta.deployName).toBe('calibrated');
  });

  it.each<[string, (meta: Json, model: Json) => void, string]>([
    ['meta.json knows of no calibration', (meta) => (meta.candidates[0].calibration = { method: 'none' }), 'its calibration is not the one in meta.json'],
    ['meta.json names another method', (meta) => (meta.candidates[0].calibration.method = 'sigmoid'), 'its calibration is not the one in meta.json'],
    ['meta.json has other folds', (meta) => (meta.candidates[0].calibration.folds = 4), 'its calibration is not the one in meta.json'],
    ['meta.json has other rows', (meta) => (meta.candidates[0].calibration.rows = 119), 'its calibration is not the one in meta.json'],
    ['meta.json has another embargo', (meta) => (meta.candidates[0].calibration.embargoBars = 0), 'its calibration is not the one in meta.json'],
    ['meta.json has an unknown method', (meta) => (meta.candidates[0].calibration.method = 'beta'), 'candidates.0.calibration'],
    ['meta.json has half a calibration', (meta) => delete meta.candidates[0].calibration.folds, 'candidates.0.calibration'],
    ['a calibration of a model that has none', (meta) => (meta.candidates[1].calibration = { method: 'sigmoid', folds: 5, embargoBars: 0, rows: 120 }), 'its calibration is not the one in meta.json'],
    ['the model is of another kind inside', (meta) => (meta.candidates[0].modelKind = 'logistic'), 'it holds a gbdt model'],
    ['calibrated is no kind', (meta) => (meta.candidates[0].modelKind = 'calibrated'), 'modelKind'],
    ['another floor', (_, model) => (model.map.floor = 0.3), 'parity row'],
    ['a calibrated model inside', (_, model) => (model.base = { ...model }), 'must not be calibrated itself'],
    ['a curve that falls', (_, model) => model.map.curves[0].values.reverse(), 'must not descend'],
  ])('is refused: %s', (_, change, reason) => {
    expect(() => loadBundle(forged(files, change))).toThrow(expect.objectContaining({ code: 'CORRUPT', message: expect.stringContaining(reason) }));
  });
});
