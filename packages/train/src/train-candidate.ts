// One question of a bundle: labelled rows, an honest walk-forward evaluation, and the model fitted on all of them.
import {
  type BundleCandidateInput,
  type CalibrationMethod,
  type Candidate,
  type ClassifierKind,
  defaultEvaluationPlan,
  evaluateWalkForward,
  fitCalibrated,
  type Fold,
  ForecastLabError,
  isForecastLabError,
  type LabelOptions,
  type ModelKind,
  purgedTrainingRows,
  resolveKind,
  type SampleWeighting,
  type TrainingRows,
  trainingRows,
  type TrainingTable,
  uniquenessWeights,
  type WalkForwardEvaluation,
} from '@forecastlab/core';
import type { Progress, ProgressTask } from '@forecastlab/core/node';

/** How every candidate of a bundle is trained. */
export interface CandidateTraining {
  /** Name of the preset that the settings were taken from; for the record. */
  readonly preset?: string;
  /** A kind's name, or a kind that needed a package (ml-random-forest, mlp, gru). */
  readonly modelKind: ModelKind | ClassifierKind;
  /** Hyper-parameters of the kind. Default: its own. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** Default: every row counts once. */
  readonly classWeights?: 'balanced';
  /** Of the probabilities, on purged out-of-fold predictions of the training rows; in every fold and in production. Default: 'none'. */
  readonly calibration?: CalibrationMethod;
  /** How a training row counts, in production and in every fold. Default: 'none', once. */
  readonly sampleWeighting?: SampleWeighting;
  readonly labelOptions?: LabelOptions;
  /** Train on the last so many labelled rows, in production and in every fold. Default: all. */
  readonly window?: number;
  /** Trials made on this market before: the verdict allows for them. Default: 0. */
  readonly otherTrials?: number;
  /** Integer from 0 to 2^32-1. */
  readonly seed: number;
  /** Default: none. */
  readonly progress?: Progress;
  /** Looked at before each fold and each fit; its reason is thrown. */
  readonly signal?: AbortSignal;
}

/**
 * Evaluates and fits the model of one candidate.
 * @throws BAD_DATA when no row is labelled, or what the model kind throws
 */
export async function trainCandidate(table: TrainingTable, candidate: Candidate, training: CandidateTraining): Promise<BundleCandidateInput> {
  const { calibration = 'none', labelOptions, progress, seed, signal, window } = training;
  const rows = trainingRows(table, candidate);
  if (rows.features.length === 0) {
    throw new ForecastLabError('BAD_DATA', `${candidate.name}: no bar has both its features and a complete label window of ${candidate.T} bars.`, {
      hint: `Give more bars than the features' warm-up (${table.warmUpBars}) and the horizon together.`,
      details: { candidate: candidate.name, bars: table.openTimeMs.length },
    });
  }
  const params = trainingParams(training, candidate);
  const fitOptions = { params, ...(training.classWeights === undefined ? {} : { classWeights: training.classWeights }) };
  const walkForward = await evaluate(rows, table.close, candidate, { ...training, fitOptions });
  signal?.throwIfAborted();
  const used = window === undefined ? rows : lastRows(rows, window);
  let task: ProgressTask | undefined;
  const onIteration = (done: number, total: number): void => {
    task ??= progress?.task(`Fit ${candidate.name}`, total, 'iterations');
    task?.set(done);
  };
  try {
    const weights = training.sampleWeighting === 'uniqueness' ? { sampleWeights: uniquenessWeights(used) } : {};
    const model = fitCalibrated(training.modelKind, { ...used, ...weights }, { ...fitOptions, seed, calibration, onIteration });
    return { candidate, ...(labelOptions === undefined ? {} : { labelOptions }), model, params: { ...params, ...(training.preset === undefined ? {} : { preset: training.preset }), ...(training.classWeights === undefined ? {} : { classWeights: training.classWeights }), ...(training.sampleWeighting === 'uniqueness' ? { sampleWeights: 'uniqueness' } : {}) }, training: used, walkForward };
  } finally {
    task?.end();
  }
}

/** The walk-forward evaluation, or null when there are too few rows for one. */
async function evaluate(rows: TrainingRows, close: Float64Array, candidate: Candidate, training: CandidateTraining & { readonly fitOptions: object }): Promise<WalkForwardEvaluation | null> {
  const folds = planFolds(rows, candidate.T, training.window);
  if (folds === null) return null;
  const task = training.progress?.task(`Walk-forward ${candidate.name}`, folds.length, 'folds');
  try {
    return await evaluateWalkForward({
      rows,
      candidate,
      modelKind: training.modelKind,
      fitOptions: training.fitOptions,
      calibration: training.calibration ?? 'none',
      sampleWeighting: training.sampleWeighting ?? 'none',
      folds,
      seed: training.seed,
      otherTrials: training.otherTrials ?? 0,
      close,
      ...(training.signal === undefined ? {} : { signal: training.signal }),
      onFold: async ({ done }) => {
        task?.set(done);
        await nextTurn();
      },
    });
  } finally {
    task?.end();
  }
}

/** With a window, each fold trains on the last so many rows that the purge leaves, as production does on those with a known label. */
function planFolds(rows: TrainingRows, T: number, window: number | undefined): readonly Fold[] | null {
  try {
    const folds = defaultEvaluationPlan(rows.features.length, T);
    if (window === undefined) return folds;
    return folds.map((fold) => {
      const usable = purgedTrainingRows(fold, rows.rows, rows.spanEnd);
      return { ...fold, trainStartIx: usable[Math.max(0, usable.length - window)] };
    });
  } catch (error) {
    if (isForecastLabError(error) && error.code === 'BAD_DATA') return null;
    throw error;
  }
}

/** The hyper-parameters that are fitted with. Early stopping validates on the newest rows: no training label may reach into them. */
export function trainingParams({ modelKind, params }: Pick<CandidateTraining, 'modelKind' | 'params'>, { T }: Candidate): Readonly<Record<string, unknown>> {
  return { ...(resolveKind(modelKind).needsValidationGap?.(params) === true ? { validationGap: T } : {}), ...params };
}

function lastRows(rows: TrainingRows, count: number): TrainingRows {
  const start = Math.max(0, rows.features.length - count);
  const { names, columns, length } = rows.features;
  return {
    features: { names, columns: columns.map((column) => column.subarray(start)), length: length - start },
    labels: rows.labels.subarray(start),
    rows: rows.rows.subarray(start),
    openTimeMs: rows.openTimeMs.subarray(start),
    spanEnd: rows.spanEnd.subarray(start),
  };
}

/** Lets Ctrl-C be heard between folds. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
