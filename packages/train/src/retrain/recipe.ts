// How a bundle was made, read from its meta.json, so that another can be made the same way from newer bars.
import { type BundleCandidate, type BundleMeta, type CalibrationMethod, type Consistency, FEATURE_SETS, type FeatureSetName, ForecastLabError, type ModelKind, type ResolvedLabelOptions, type SampleWeighting, type SymbolWeighting } from '@forecastlab/core';

/** Everything that decides what is trained, but for the bars. JSON-safe; two recipes are the same when their JSON is. */
export interface Recipe {
  /** The markets, the first one first. */
  readonly symbols: readonly string[];
  readonly interval: string;
  /** The market that features follow; null for none. */
  readonly leader: string | null;
  /** Names, in the order of the bundle. */
  readonly candidates: readonly string[];
  readonly labelOptions: ResolvedLabelOptions;
  readonly featureSet: FeatureSetName;
  /** For the record; null without one. */
  readonly preset: string | null;
  readonly modelKind: ModelKind;
  readonly params: Readonly<Record<string, unknown>>;
  readonly classWeights: 'none' | 'balanced';
  readonly calibration: CalibrationMethod;
  readonly sampleWeighting: SampleWeighting;
  readonly symbolWeighting: SymbolWeighting;
  readonly consistency: Consistency;
  /** Train on the last so many labelled rows (of several markets: times); null for all. */
  readonly window: number | null;
  readonly seed: number;
}

/**
 * The recipe of a bundle.
 * @throws BAD_DATA when its candidates were made in several ways, or its features are no set of this version
 */
export function recipeOf(meta: BundleMeta): Recipe {
  const { deployName, featureSet } = meta;
  if (!Object.hasOwn(FEATURE_SETS, featureSet)) throw noRecipe(deployName, `its features are ${featureSet}, which is no set of this version`);
  const [first, ...others] = meta.candidates.map((candidate) => candidateRecipe(candidate, meta));
  const differs = others.findIndex((other) => JSON.stringify(other) !== JSON.stringify(first));
  if (differs >= 0) throw noRecipe(deployName, `${meta.candidates[differs + 1].name} was made in another way than ${meta.candidates[0].name}`);
  return {
    symbols: meta.symbols?.map(({ symbol }) => symbol) ?? [meta.symbol],
    interval: meta.interval,
    leader: meta.leader?.symbol ?? null,
    candidates: meta.candidates.map(({ name }) => name),
    featureSet: featureSet as FeatureSetName,
    ...first,
    consistency: meta.consistency ?? 'none',
    window: meta.training.window ?? null,
    seed: meta.seed,
  };
}

type CandidateRecipe = Pick<Recipe, 'labelOptions' | 'preset' | 'modelKind' | 'params' | 'classWeights' | 'calibration' | 'sampleWeighting' | 'symbolWeighting'>;

/** meta.json keeps what weights the rows among the hyper-parameters. */
function candidateRecipe(candidate: BundleCandidate, { candidates }: BundleMeta): CandidateRecipe {
  const { preset, classWeights, sampleWeights, symbolWeights, ...params }: Record<string, unknown> = candidate.params;
  // training gives each candidate its horizon as the gap before validation rows, when nothing else was asked for
  if (candidates.every(({ T, params: { validationGap } }) => validationGap === T)) delete params.validationGap;
  const { window, tieBreak, touch } = candidate.labelOptions;
  return {
    labelOptions: { window, tieBreak, touch },
    preset: typeof preset === 'string' ? preset : null,
    modelKind: candidate.modelKind,
    params,
    classWeights: classWeights === 'balanced' ? 'balanced' : 'none',
    calibration: candidate.calibration.method,
    sampleWeighting: sampleWeights === 'uniqueness' ? 'uniqueness' : 'none',
    symbolWeighting: symbolWeights === 'equal' ? 'equal' : 'rows',
  };
}

function noRecipe(deployName: string, reason: string): ForecastLabError {
  return new ForecastLabError('BAD_DATA', `How ${deployName} was made cannot be repeated: ${reason}.`, {
    hint: 'Make the next bundle by hand: forecastlab-train bundle --activate.',
    details: { deployName },
  });
}
