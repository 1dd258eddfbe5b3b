// Trains a bundle by a recipe, with the same steps as forecastlab-train bundle.
import { type BundleFiles, parseCandidates } from '@forecastlab/core';
import { type ArtifactStore, loadClassifierKind, type ModelRegistry, type Progress } from '@forecastlab/core/node';
import type { CodeVersion } from '../code-version.js';
import { trainBundle, type TrainBundleRequest } from '../train-bundle.js';
import { bundleTrials, countBesides, keptTrials } from '../trials/bundle-trials.js';
import { recordTrials } from '../trials/record-trials.js';
import { presetOf } from './choose-recipe.js';
import type { RecipeBars } from './gate/recipe-rows.js';
import type { Recipe } from './recipe.js';

export interface TrainChallengerRequest {
  readonly store: ArtifactStore;
  readonly registry: ModelRegistry;
  readonly recipe: Recipe;
  readonly bars: RecipeBars;
  readonly name: string;
  readonly code: CodeVersion;
  /** UTC milliseconds. */
  readonly createdAtMs: number;
  readonly context: { readonly progress?: Progress; readonly signal: AbortSignal; log(text: string): void };
}

/** The files of the bundle, not published yet; its trials are recorded. Throws what trainBundle throws. */
export async function trainChallenger({ store, registry, recipe, bars, name, code, createdAtMs, context }: TrainChallengerRequest): Promise<BundleFiles> {
  const { markets, leader } = bars;
  const tried = {
    market: markets[0],
    markets,
    candidates: parseCandidates(recipe.candidates.join(',')),
    featureSet: recipe.featureSet,
    leader,
    modelKind: await loadClassifierKind(recipe.modelKind),
    // a bundle made without hyper-parameters has none: the same trial must not count twice
    ...(Object.keys(recipe.params).length === 0 ? {} : { params: recipe.params }),
    ...(recipe.classWeights === 'balanced' ? { classWeights: recipe.classWeights } : {}),
    calibration: recipe.calibration,
    sampleWeighting: recipe.sampleWeighting,
    symbolWeighting: recipe.symbolWeighting,
    ...(recipe.window === null ? {} : { window: recipe.window }),
    labelOptions: recipe.labelOptions,
    seed: recipe.seed,
  } satisfies Partial<TrainBundleRequest>;
  const preset = presetOf(recipe);
  const request: TrainBundleRequest = {
    ...tried,
    ...(preset === undefined ? {} : { preset }),
    consistency: recipe.consistency,
    name,
    // whoever activated a champion of flawed labels has accepted them
    allowFlawedLabels: recipe.labelOptions.window === 'trailing',
    otherTrials: (await keptTrials(registry, name)) ?? (await countBesides(store, tried, context.log)),
    createdAtMs,
    ...code,
    ...(context.progress === undefined ? {} : { progress: context.progress }),
    signal: context.signal,
  };
  const { files } = await trainBundle(request);
  context.signal.throwIfAborted();
  const trials = bundleTrials(name, tried);
  if (trials !== undefined) await recordTrials(store, trials, context.log);
  return files;
}
