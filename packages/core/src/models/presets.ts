// Named ways to train: kind of model, hyper-parameters, features, calibration and row weights that go together. Round numbers, chosen on
// walk-forward tests of daily bars before 2022 and meant for markets that nobody has looked at. A value given by hand goes before a preset's.
import { optionError } from '../errors.js';
import type { FeatureSetName } from '../features/feature-registry.js';
import type { CalibrationMethod } from './calibration/calibration-method.js';
import type { ModelKind } from './classifier.js';
import { POOLED_MODEL, SMALL_DATA_MODEL } from './preset-models.js';
import { spaceFor } from './tuning/space-for.js';

/** What belongs together in a fit. */
export interface Preset {
  readonly name: PresetName;
  readonly summary: string;
  readonly modelKind: ModelKind;
  readonly params: Readonly<Record<string, unknown>>;
  readonly featureSet: FeatureSetName;
  /** True where `params` name features of that set: with another one they are refused. */
  readonly needsFeatureSet: boolean;
  readonly calibration: CalibrationMethod;
  readonly sampleWeighting: 'none' | 'uniqueness';
}

export const PRESET_NAMES = ['lightgbm', 'small-data', 'pooled'] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

/** Row weights are 'none' everywhere: those by uniqueness count rows without a touch less, because their labels are longer, and so bend the probabilities. */
export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  lightgbm: {
    name: 'lightgbm',
    summary: 'LightGBM\'s defaults on order-flow features, for comparison: they overfit',
    modelKind: 'gbdt',
    params: {},
    featureSet: 'flow',
    needsFeatureSet: false,
    calibration: 'none',
    sampleWeighting: 'none',
  },
  'small-data': {
    name: 'small-data',
    summary: 'One market of one to three thousand bars: a strongly penalised straight model of the touch on its volatility, the side by theory',
    modelKind: SMALL_DATA_MODEL.kind,
    params: SMALL_DATA_MODEL.params,
    featureSet: 'market',
    needsFeatureSet: true,
    calibration: 'none',
    sampleWeighting: 'none',
  },
  pooled: {
    name: 'pooled',
    summary: 'Several markets together: a strongly penalised straight model of the touch on volatility and volume, the side by theory',
    modelKind: POOLED_MODEL.kind,
    params: POOLED_MODEL.params,
    featureSet: 'market',
    needsFeatureSet: true,
    calibration: 'none',
    sampleWeighting: 'none',
  },
};

/** The preset of that name. Throws BAD_OPTION. */
export function resolvePreset(name: string): Preset {
  const preset = Object.hasOwn(PRESETS, name) ? PRESETS[name as PresetName] : undefined;
  if (preset === undefined) throw optionError('resolvePreset', 'name', `one of ${PRESET_NAMES.join(', ')}`, name);
  return preset;
}

/**
 * A model whose settings are chosen inside the fit, beginning with those that are given; `budget` is the number of fits at most. Throws
 * BAD_OPTION for a kind of which nothing is drawn.
 * @example tunedModel('logistic', { C: 0.01 }, 40) // → { modelKind: 'tuned', params: { search: [...], budget: 40 } }
 */
export function tunedModel(kind: ModelKind, params: Readonly<Record<string, unknown>> | undefined, budget: number): { readonly modelKind: 'tuned'; readonly params: Readonly<Record<string, unknown>> } {
  if (kind === 'tuned') return { modelKind: 'tuned', params: { ...params, budget } };
  const space = spaceFor(kind, params);
  if (space === undefined) throw optionError('tunedModel', 'kind', 'a kind with settings to choose, such as gbdt, logistic, or two-part and log-pool of these', kind, 'Give the parts or members of a two-part model or a log pool in its params.');
  return { modelKind: 'tuned', params: { search: [{ kind, params: params ?? {}, space }], budget } };
}
