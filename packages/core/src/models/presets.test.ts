import { describe, expect, it } from 'vitest';
import { FEATURE_SETS } from '../features/feature-registry.js';
import type { FeatureMatrix } from '../features/feature-table.js';
import { createRandom } from '../numeric/random.js';
import { fitMarkets } from '../pooling/fit-markets.js';
import { fitClassifier, restoreClassifier } from './classifiers.js';
import { PRESET_NAMES, PRESETS, resolvePreset, tunedModel } from './presets.js';

const random = createRandom(4);
const rows = Int32Array.from({ length: 300 }, (_, row) => row);
const data = {
  features: matrixOf('market'),
  labels: Int8Array.from(rows, () => random.integer(3) - 1),
  rows,
  spanEnd: rows.map((row) => row + 3),
};

/** Noise under the names of a set of features. */
function matrixOf(set: keyof typeof FEATURE_SETS): FeatureMatrix {
  const names = FEATURE_SETS[set].map(({ name }) => name);
  return { names, columns: names.map(() => Float64Array.from(rows, () => random.normal())), length: rows.length };
}

/** The features that a two-part model names. */
function featuresOf({ touch, side, sideOdds }: { readonly touch?: unknown; readonly side?: unknown; readonly sideOdds?: unknown }): unknown {
  return [touch, side].map((part) => (part as { readonly features?: unknown } | undefined)?.features).concat(sideOdds);
}

describe('presets', () => {
  it.each(PRESET_NAMES)('%s names features that are there and can be fitted, tuned too', (name) => {
    const { modelKind, params, featureSet, summary } = resolvePreset(name);
    expect(resolvePreset(name).name).toBe(name);
    expect(summary.length).toBeGreaterThan(20);
    expect(Object.keys(FEATURE_SETS)).toContain(featureSet);
    expect(JSON.parse(JSON.stringify(params))).toEqual(params);
    const own = { ...data, features: matrixOf(featureSet) };
    expect(fitClassifier(modelKind, own, { seed: 1, params }).kind).toBe(modelKind);
    const tuned = tunedModel(modelKind, params, 5);
    const { tuning } = fitClassifier(tuned.modelKind, own, { seed: 1, params: tuned.params });
    expect(tuning?.tried[0]).toMatchObject({ kind: modelKind, params });
    expect(tuning?.tried.length).toBeGreaterThan(1);
    expect(tuning?.fits).toBeLessThanOrEqual(5);
    // what is drawn changes settings, never which features tell of the touch or of the side
    for (const trial of tuning?.tried ?? []) expect(featuresOf(trial.params)).toEqual(featuresOf(params));
    expect(tuning?.tried.every(({ failure }) => failure === null)).toBe(true);
  });

  it.each(['small-data', 'pooled'] as const)('%s says which features it needs when it is given others', (name) => {
    const { modelKind, params } = resolvePreset(name);
    const fit = (): unknown => fitClassifier(modelKind, { ...data, features: matrixOf('flow') }, { seed: 1, params });
    expect(fit).toThrow(expect.objectContaining({ code: 'BAD_OPTION', hint: expect.stringContaining('need the feature set market') }));
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
