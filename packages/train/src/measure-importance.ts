// How much a model's forecasts of unseen bars lean on each feature: from bars to a permutation importance on purged folds.
import {
  buildTrainingTable,
  type Candidate,
  correlatedGroups,
  defaultEvaluationPlan,
  type FeatureSetName,
  type Fold,
  foldData,
  isFlawed,
  type ImportanceLoss,
  type Klines,
  type PermutationImportance,
  permutationImportance,
  type TrainingRows,
  trainingRows,
} from '@forecastlab/core';
import type { BundleMarket } from './train-bundle.js';
import { type CandidateTraining, trainingParams } from './train-candidate.js';

/** What is measured. Training and evaluation are those of a bundle. */
export interface ImportanceRequest extends Omit<CandidateTraining, 'window'> {
  readonly market: Pick<BundleMarket, 'klines' | 'isSynthetic'>;
  readonly candidate: Candidate;
  readonly featureSet: FeatureSetName;
  /** Bars of the leading market. Default: none, and the features of a leader are missing. */
  readonly leader?: Klines | undefined;
  /** How often each feature is permuted in each fold. Default: 5. */
  readonly repeats?: number;
  /** Rows that stay together when a feature is permuted. Default: 1. */
  readonly blockRows?: number;
  /** Permute features together whose rank correlation in the first training window is at least so strong, up or down. Default: one by one. */
  readonly groupCorrelated?: number;
  /** Default: 'log-loss'. */
  readonly loss?: ImportanceLoss;
}

export interface MeasuredImportance extends PermutationImportance {
  /** What to say beside the numbers, the gravest first; empty when all is well. */
  readonly cautions: readonly string[];
}

const SYNTHETIC = 'Synthetic prices: they are made by a seeded generator, with a signal planted in them, and say nothing about any real market.';
const FLAWED = 'Trailing labels are known, nearly whole, at the bar they belong to: these importances tell how the past is read off, not how the future is forecast.';
const HIDDEN = 'No feature is measurably important by itself although the model has skill: features that hang together hide each other. Permute such features together: --group-correlated 0.7.';

/**
 * Fits the model once per fold of the default evaluation and permutes each feature, or group of features, in the fold's test rows.
 * @throws BAD_OPTION, BAD_DATA for too few bars, INTERRUPTED on `signal`
 */
export async function measureImportance(request: ImportanceRequest): Promise<MeasuredImportance> {
  const { market, candidate, featureSet, leader, labelOptions = {}, groupCorrelated, progress } = request;
  const table = buildTrainingTable(market.klines, { features: featureSet, candidates: [candidate], leader, labelOptions });
  const rows = trainingRows(table, candidate);
  const folds = defaultEvaluationPlan(rows.labels.length, candidate.T);
  const params = trainingParams(request, candidate);
  const task = progress?.task(`Permute ${candidate.name}`, folds.length, 'folds');
  try {
    const importance = await permutationImportance({
      ...given(request),
      rows,
      candidate,
      folds,
      close: table.close,
      modelKind: request.modelKind,
      fitOptions: { params, ...(request.classWeights === undefined ? {} : { classWeights: request.classWeights }) },
      seed: request.seed,
      ...(groupCorrelated === undefined ? {} : { groups: correlatedGroups(firstTrainingRows(rows, folds), { threshold: groupCorrelated }) }),
      onFold: async ({ done }) => {
        task?.set(done);
        await new Promise((resolve) => setImmediate(resolve)); // lets Ctrl-C be heard
      },
    });
    return { ...importance, cautions: cautionsOf(importance, { isSynthetic: market.isSynthetic, isFlawed: isFlawed(labelOptions) }) };
  } finally {
    task?.end();
  }
}

/** The options that are passed on as they are. */
function given({ repeats, blockRows, loss, calibration, sampleWeighting, otherTrials, signal }: ImportanceRequest): Pick<ImportanceRequest, 'repeats' | 'blockRows' | 'loss' | 'calibration' | 'sampleWeighting' | 'otherTrials' | 'signal'> {
  return Object.fromEntries(Object.entries({ repeats, blockRows, loss, calibration, sampleWeighting, otherTrials, signal }).filter(([, value]) => value !== undefined));
}

/** What was known before the first test bar. */
function firstTrainingRows(rows: TrainingRows, folds: readonly Fold[]): TrainingRows['features'] {
  return foldData(folds[0], rows, {}).trainingFeatures;
}

function cautionsOf({ caution, features }: PermutationImportance, market: { readonly isSynthetic: boolean; readonly isFlawed: boolean }): readonly string[] {
  const isHidden = caution === null && !features.some(({ isMeasurable }) => isMeasurable);
  return [...(market.isSynthetic ? [SYNTHETIC] : []), ...(market.isFlawed ? [FLAWED] : []), ...(caution === null ? [] : [caution]), ...(isHidden ? [HIDDEN] : [])];
}
