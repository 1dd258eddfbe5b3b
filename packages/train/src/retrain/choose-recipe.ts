// The recipe of a challenger: the champion's, but for what is asked for otherwise.
import { type CalibrationMethod, type Consistency, type FeatureSetName, ForecastLabError, type ModelKind, needsLeader, type PresetName, PRESET_NAMES, type SampleWeighting, type SymbolWeighting } from '@forecastlab/core';
import { chooseTraining, type GivenTraining } from '../commands/choose-training.js';
import type { Recipe } from './recipe.js';

/** What `bundle` takes too; undefined where it was not given. */
export interface RecipeChanges {
  readonly candidates?: readonly string[] | undefined;
  readonly preset?: PresetName | undefined;
  readonly features?: FeatureSetName | undefined;
  readonly model?: ModelKind | undefined;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  readonly tune?: number | undefined;
  readonly sampleWeights?: SampleWeighting | undefined;
  readonly calibration?: CalibrationMethod | undefined;
  readonly classWeights?: 'none' | 'balanced' | undefined;
  readonly symbolWeights?: SymbolWeighting | undefined;
  readonly consistency?: Consistency | undefined;
  readonly leader?: string | undefined;
  readonly window?: number | undefined;
  readonly seed?: number | undefined;
}

/**
 * A preset takes the place of all that it holds; without one, each thing that is given takes the place of the champion's own. Another
 * kind of model does not get the champion's hyper-parameters.
 * @throws BAD_OPTION for what chooseTraining refuses
 */
export function chooseRecipe(champion: Recipe, given: RecipeChanges): Recipe {
  const chosen = changed(champion, given);
  // a leader that no feature follows, or that leads itself, is none: the bundle would not name it either
  const isLed = needsLeader(chosen.featureSet) && chosen.symbols.some((symbol) => symbol !== chosen.leader);
  return { ...chosen, leader: isLed ? chosen.leader : null };
}

function changed(champion: Recipe, given: RecipeChanges): Recipe {
  return {
    ...champion,
    ...chooseModel(champion, given),
    ...(given.candidates === undefined ? {} : { candidates: given.candidates }),
    ...(given.classWeights === undefined ? {} : { classWeights: given.classWeights }),
    ...(given.symbolWeights === undefined ? {} : { symbolWeighting: given.symbolWeights }),
    ...(given.consistency === undefined ? {} : { consistency: given.consistency }),
    ...(given.leader === undefined ? {} : { leader: given.leader === 'none' ? null : given.leader }),
    ...(given.window === undefined ? {} : { window: given.window }),
    ...(given.seed === undefined ? {} : { seed: given.seed }),
  };
}

type ChosenModel = Pick<Recipe, 'preset' | 'featureSet' | 'modelKind' | 'params' | 'sampleWeighting' | 'calibration'>;

function chooseModel(champion: Recipe, { preset, features, model, params, tune, sampleWeights, calibration }: RecipeChanges): ChosenModel {
  const changes: GivenTraining = { preset, features, model, params, tune, sampleWeights, calibration };
  const { featureSet, modelKind, params: own } = champion;
  if (Object.values(changes).every((value) => value === undefined)) return { preset: champion.preset, featureSet, modelKind, params: own, sampleWeighting: champion.sampleWeighting, calibration: champion.calibration };
  if (tune !== undefined && (model ?? modelKind) === 'tuned') {
    throw new ForecastLabError('BAD_OPTION', 'The champion is tuned already: --tune needs the kind of model that is tuned.', { hint: 'Add --model KIND, or leave --tune away to tune as the champion was.', details: { option: 'tune' } });
  }
  const chosen = chooseTraining(
    preset === undefined
      ? {
          features: features ?? featureSet,
          model: model ?? modelKind,
          params: params ?? (model === undefined || model === modelKind ? own : undefined),
          tune,
          sampleWeights: sampleWeights ?? champion.sampleWeighting,
          calibration: calibration ?? champion.calibration,
        }
      : changes,
  );
  return { preset: chosen.preset ?? null, featureSet: chosen.featureSet, modelKind: chosen.modelKind, params: chosen.params ?? {}, sampleWeighting: chosen.sampleWeighting, calibration: chosen.calibration };
}

/** The preset of a recipe, where this version has it. */
export function presetOf({ preset }: Pick<Recipe, 'preset'>): PresetName | undefined {
  return PRESET_NAMES.find((name) => name === preset);
}
