// Walk-forward evaluation: fit on the purged past of each fold, score on its test rows, stand beside the baselines.
// Everything that is fitted is fitted inside the fold, from its training rows alone.
import { ForecastLabError } from '../errors.js';
import type { FeatureMatrix } from '../features/feature-table.js';
import type { Candidate } from '../labels/candidate.js';
import type { ClassifierKind, FitOptions, ModelKind } from '../models/classifier.js';
import { fitClassifier, resolveKind } from '../models/classifiers.js';
import { selectRows } from '../models/select-rows.js';
import { checkEvaluationRows } from './check-evaluation-rows.js';
import { classShares } from './baselines.js';
import { classCounts, scoreProbabilities } from './scores.js';
import { foldTrainingRows, purgedTrainingRows } from './purge.js';
import { summarizeFolds } from './summarize-folds.js';
import type { Fold } from './walk-forward-folds.js';
import type { FoldEvaluation, WalkForwardEvaluation } from './walk-forward-evaluation.js';

/** Labelled rows of one candidate, as trainingRows of dataset/ gives them. All columns [rows], oldest first. */
export interface EvaluationRows {
  readonly features: FeatureMatrix;
  /** -1, 0, 1. */
  readonly labels: Int8Array;
  /** Bar index of each row, ascending. */
  readonly rows: Int32Array;
  /** Open time of each row's bar, UTC ms. */
  readonly openTimeMs: Float64Array;
  /** Bar index of the last bar that each row's label uses. */
  readonly spanEnd: Int32Array;
}

/** What `onFold` hears after each fold. */
export interface FoldProgress {
  readonly done: number;
  readonly total: number;
  readonly fold: FoldEvaluation;
}

export interface WalkForwardEvaluationOptions {
  readonly rows: EvaluationRows;
  readonly candidate: Candidate;
  /** A name of CLASSIFIERS, or a kind of the caller's own. */
  readonly modelKind: ModelKind | ClassifierKind;
  /** Hyper-parameters and class weights; the same for each fold. */
  readonly fitOptions?: Omit<FitOptions, 'seed'>;
  /** From walkForwardFolds or defaultEvaluationPlan. At least one. */
  readonly folds: readonly Fold[];
  /** Integer from 0 to 2^32-1, for the fits and the bootstrap. */
  readonly seed: number;
  /** Drop training rows whose label window reaches the first test bar. Default: true. False repeats the predecessor's flaw. */
  readonly isPurged?: boolean;
  /** [bars] closing prices; when given, the look-back rule is scored too. */
  readonly close?: Float64Array;
  /** Called after each fold; a promise is waited for, which is the place to let other work run. */
  readonly onFold?: (progress: FoldProgress) => void | Promise<void>;
  /** Looked at before each fold (an AbortSignal will do); when aborted, INTERRUPTED is thrown. */
  readonly signal?: { readonly aborted: boolean };
}

/** One fold's result with the probabilities [test rows × 3] of model and prior. */
export interface FoldOutcome {
  readonly evaluation: FoldEvaluation;
  readonly modelProbabilities: Float64Array;
  readonly priorProbabilities: Float64Array;
}

/**
 * Fits and scores a model fold by fold, with baselines, skill against class shares, its interval and a verdict.
 * Throws BAD_DATA when rows disagree or a fold has no training rows left after the purge, INTERRUPTED on `signal`.
 */
export async function evaluateWalkForward(options: WalkForwardEvaluationOptions): Promise<WalkForwardEvaluation> {
  const { folds, signal, onFold } = options;
  checkEvaluationRows(options.rows, folds, options.close);
  const kind = resolveKind(options.modelKind);
  const outcomes: FoldOutcome[] = [];
  for (const fold of folds) {
    if (signal?.aborted === true) throw new ForecastLabError('INTERRUPTED', `The evaluation was stopped after ${outcomes.length} of ${folds.length} folds.`);
    const outcome = evaluateFold(fold, kind, options);
    outcomes.push(outcome);
    await onFold?.({ done: outcomes.length, total: folds.length, fold: outcome.evaluation });
  }
  return summarizeFolds(outcomes, kind.kind, options);
}

function evaluateFold(fold: Fold, kind: ClassifierKind, options: WalkForwardEvaluationOptions): FoldOutcome {
  const { features, labels, rows, openTimeMs, spanEnd } = options.rows;
  const before = foldTrainingRows(fold);
  const training = (options.isPurged ?? true) ? purgedTrainingRows(fold, rows, spanEnd) : before;
  if (training.length === 0) {
    throw new ForecastLabError('BAD_DATA', `Fold ${fold.fold} has no training rows left after the purge.`, {
      hint: 'Start with more training rows than the horizon has bars.',
      details: { fold: fold.fold, rowsBefore: before.length },
    });
  }
  const classifier = fitClassifier(
    kind,
    { features: selectRows(features, training), labels: Int8Array.from(training, (row) => labels[row] as number) },
    { ...options.fitOptions, seed: options.seed },
  );
  const testRows = Int32Array.from({ length: fold.testEndIx - fold.testStartIx + 1 }, (_, i) => fold.testStartIx + i);
  const testLabels = labels.slice(fold.testStartIx, fold.testEndIx + 1);
  const modelProbabilities = classifier.predictProba(selectRows(features, testRows));
  const prior = classShares(labels, training);
  const priorProbabilities = Float64Array.from({ length: 3 * testRows.length }, (_, i) => prior[i % 3] as number);
  const evaluation: FoldEvaluation = {
    ...fold,
    trainStartMs: openTimeMs[training[0] as number] as number,
    trainEndMs: openTimeMs[training[training.length - 1] as number] as number,
    testStartMs: openTimeMs[fold.testStartIx] as number,
    testEndMs: openTimeMs[fold.testEndIx] as number,
    trainRows: training.length,
    purgedRows: before.length - training.length,
    trainClassCounts: classCounts(Int8Array.from(training, (row) => labels[row] as number)),
    testClassCounts: classCounts(testLabels),
    model: scoreProbabilities(testLabels, modelProbabilities),
    prior: scoreProbabilities(testLabels, priorProbabilities),
  };
  return { evaluation, modelProbabilities, priorProbabilities };
}
