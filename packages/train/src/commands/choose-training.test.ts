import { PRESETS } from '@forecastlab/core';
import { describe, expect, it } from 'vitest';
import { chooseTraining } from './choose-training.js';

describe('chooseTraining', () => {
  it('has the defaults of always without a preset', () => {
    expect(chooseTraining({})).toEqual({ modelKind: 'gbdt', featureSet: 'flow', sampleWeighting: 'none', calibration: 'none' });
  });

  it('takes all from a preset, and what is given before that', () => {
    const { modelKind, params, featureSet } = PRESETS.pooled;
    expect(chooseTraining({ preset: 'pooled' })).toEqual({ preset: 'pooled', modelKind, params, featureSet, sampleWeighting: 'none', calibration: 'none' });
    const given = chooseTraining({ preset: 'pooled', features: 'baseline', params: { folds: 5 }, calibration: 'sigmoid', sampleWeights: 'uniqueness' });
    expect(given).toEqual({ preset: 'pooled', modelKind, params: { folds: 5 }, featureSet: 'baseline', sampleWeighting: 'uniqueness', calibration: 'sigmoid' });
  });

  it('refuses other features than those that a preset\'s model names, and says what to give', () => {
    for (const preset of ['small-data', 'pooled'] as const) {
      for (const tune of [undefined, 5]) {
        expect(() => chooseTraining({ preset, features: 'flow', tune })).toThrow(expect.objectContaining({ code: 'BAD_OPTION', message: `The \`features\` option of the preset ${preset} must be market, whose features its model names. Got "flow".`, hint: expect.stringContaining('--features market') as string }));
      }
      expect(chooseTraining({ preset, features: 'market' }).featureSet).toBe('market');
      expect(chooseTraining({ preset, features: 'flow', model: 'logistic' })).toMatchObject({ featureSet: 'flow', modelKind: 'logistic' });
    }
    expect(chooseTraining({ preset: 'lightgbm', features: 'market' }).featureSet).toBe('market');
  });

  it('does not give a preset\'s hyper-parameters to another kind of model', () => {
    expect(chooseTraining({ preset: 'pooled', model: 'random-forest' })).not.toHaveProperty('params');
  });

  it('tunes around what was chosen', () => {
    const { modelKind, params } = PRESETS['small-data'];
    expect(chooseTraining({ preset: 'small-data', tune: 12 })).toMatchObject({ preset: 'small-data', modelKind: 'tuned', params: { budget: 12, search: [{ kind: modelKind, params, space: expect.any(Object) }] } });
    expect(chooseTraining({ model: 'logistic', params: { C: 3 }, tune: 5 })).toMatchObject({ modelKind: 'tuned', params: { budget: 5, search: [{ kind: 'logistic', params: { C: 3 } }] } });
    expect(() => chooseTraining({ model: 'prior', tune: 5 })).toThrow(/Got "prior"/);
  });
});
