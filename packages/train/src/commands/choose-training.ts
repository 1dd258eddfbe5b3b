// What a command trains: the preset's values, those given beside it, and the defaults of those who give nothing.
import { type CalibrationMethod, type FeatureSetName, type ModelKind, optionError, type PresetName, resolvePreset, type SampleWeighting, tunedModel } from '@forecastlab/core';

/** What was given; undefined where it was not. */
export interface GivenTraining {
  readonly preset?: PresetName | undefined;
  readonly features?: FeatureSetName | undefined;
  readonly model?: ModelKind | undefined;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  readonly tune?: number | undefined;
  readonly sampleWeights?: SampleWeighting | undefined;
  readonly calibration?: CalibrationMethod | undefined;
}

export interface ChosenTraining {
  /** For the record. */
  readonly preset?: PresetName;
  readonly featureSet: FeatureSetName;
  readonly modelKind: ModelKind;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly sampleWeighting: SampleWeighting;
  readonly calibration: CalibrationMethod;
}

/**
 * Given values go before the preset's, those before the defaults. The preset's hyper-parameters are those of its kind of model: another
 * kind does not get them. Throws BAD_OPTION for `tune` with a kind that has no settings to choose, and for a
 * preset whose model names features of another set.
 */
export function chooseTraining({ preset: name, features, model, params, tune, sampleWeights, calibration }: GivenTraining): ChosenTraining {
  const preset = name === undefined ? undefined : resolvePreset(name);
  const modelKind = model ?? preset?.modelKind ?? 'gbdt';
  const own = params ?? (preset?.modelKind === modelKind ? preset.params : undefined);
  const featureSet = features ?? preset?.featureSet ?? 'flow';
  if (preset?.needsFeatureSet === true && own === preset.params && featureSet !== preset.featureSet) {
    throw optionError(`the preset ${preset.name}`, 'features', `${preset.featureSet}, whose features its model names`, featureSet, `Give --features ${preset.featureSet} or leave --features away; for the features of ${featureSet} give another --model, --params or --preset lightgbm.`);
  }
  const chosen = tune === undefined ? { modelKind, ...(own === undefined ? {} : { params: own }) } : tunedModel(modelKind, own, tune);
  return {
    ...(name === undefined ? {} : { preset: name }),
    ...chosen,
    featureSet,
    sampleWeighting: sampleWeights ?? preset?.sampleWeighting ?? 'none',
    calibration: calibration ?? preset?.calibration ?? 'none',
  };
}
