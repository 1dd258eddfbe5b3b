// What an evaluation is asked: the rows, the model, the folds, and who wants to hear of progress.
import type { FeatureMatrix } from '../features/feature-table.js';
import type { Candidate } from '../labels/candidate.js';
import type { ClassifierKind, FitOptions, ModelKind } from '../models/classifier.js';
import type { FoldEvaluation } from './walk-forward-evaluation.js';
import type { Fold } from './walk-forward-folds.js';

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
