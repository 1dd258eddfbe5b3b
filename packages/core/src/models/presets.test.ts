import { describe, expect, it } from 'vitest';
import { FEATURE_SETS } from '../features/feature-registry.js';
import { createRandom } from '../numeric/random.js';
import { fitMarkets } from '../pooling/fit-markets.js';
import { fitClassifier, restoreClassifier } from './classifiers.js';
import { PRESET_NAMES, PRESETS, resolvePreset, tunedModel } from './presets.js';

const random = createRandom(4);
const rows = Int32Array.from({ length: 300 }, (_, row) => row);
const data = {
  features: { names: ['a', 'b'], columns: [0, 1].map(() => Float64Array.from(rows, () => random.normal())), length: 300 },
  labels: Int8Array.from(rows, () => random.integer(3) - 1),
  rows,
  spanEnd: rows.map((row) => row + 3),
};

describe('presets', () => {
  it.each(PRESET_NAMES)('%s names features that are there and can be fitted, tuned too', (name) => {
    const { modelKind, params, featureSet, summary } = resolvePreset(name);
    expect(resolvePreset(name).name).toBe(name);
    expect(summary.length).toBeGreaterThan(20);
    expect(Object.keys(FEATURE_SETS)).toContain(featureSet);
    expect(JSON.parse(JSON.stringify(params))).toEqual(params);
    expect(fitClassifier(modelKind, data, { seed: 1, params }).kind).toBe(modelKind);
    const tuned = tunedModel(modelKind, params, 5);
    const { tuning } = fitClassifier(tuned.modelKind, data, { seed: 1, params: tuned.params });
    expect(tuning?.tried[0]).toMatchObject({ kind: modelKind, params });
    expect(tuning?.tried.length).toBeGreaterThan(1);
    expect(tuning?.fits).toBeLessThanOrEqual(5);
  });

  it.each(PRESET_NAMES)('%s serves several markets whose rows share bars, tuned and calibrated too', (name) => {
    const shared = rows.map((row) => Math.floor(row / 2));
    const pool = { ...data, rows: shared, spanEnd: shared.map((bar) => bar + 3), symbols: ['A', 'B'], symbolIndex: rows.map((row) => row % 2) };
    const { modelKind, params } = tunedModel(PRESETS[name].modelKind, PRESETS[name].params, 5);
    for (const calibration of ['none', 'temperature'] as const) {
      const model = fitMarkets(modelKind, pool, { seed: 1, params, calibration });
      const again = restoreClassifier(JSON.parse(JSON.stringify(model.serialize())));
      expect(model.tuning?.tried.length).toBeGreaterThan(1);
      for (const symbol of ['A', 'B', 'unseen']) expect(again.forSymbol?.(symbol).predictProba(data.features)).toEqual(model.forSymbol?.(symbol).predictProba(data.features));
    }
  });

  it('refuses names that are none', () => {
    for (const name of ['best', 'toString', '']) expect(() => resolvePreset(name)).toThrow(/must be one of lightgbm, small-data, pooled/);
    expect(Object.keys(PRESETS)).toEqual([...PRESET_NAMES]);
  });

  it('tunes what has settings, and sets the budget of what is tuned already', () => {
    expect(tunedModel('tuned', { search: ['gbdt'] }, 7)).toEqual({ modelKind: 'tuned', params: { search: ['gbdt'], budget: 7 } });
    expect(() => tunedModel('prior', {}, 7)).toThrow(expect.objectContaining({ code: 'BAD_OPTION', message: expect.stringContaining('Got "prior"') }));
  });
});
