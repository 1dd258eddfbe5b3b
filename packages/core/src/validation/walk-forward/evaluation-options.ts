// What an evaluation is asked: the rows, the model, the folds, and who wants to hear of progress.
import type { FeatureMatrix } from '../../features/feature-table.js';
import type { Candidate } from '../../labels/candidate.js';
import type { CalibrationMethod } from '../../models/calibration/calibration-method.js';
import type { ClassifierKind, FitOptions, ModelKind } from '../../models/classifier.js';
import type { FoldEvaluation } from './walk-forward-evaluation.js';
import type { Fold } from '../splits/walk-forward-folds.js';

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

/** How a training row counts: once, or by how little of its label window it shares with others (average uniqueness). */
export const SAMPLE_WEIGHTINGS = ['none', 'uniqueness'] as const;
export type SampleWeighting = (typeof SAMPLE_WEIGHTINGS)[number];

/** What is fitted in each fold. */
export interface FoldModel {
  /** A name of CLASSIFIERS, or a kind of the caller's own. */
  readonly modelKind: ModelKind | ClassifierKind;
  /** Hyper-parameters and class weights; the same for each fold. */
  readonly fitOptions?: Omit<FitOptions, 'seed'>;
  /** Fitted on purged out-of-fold predictions within the training rows. Default: 'none'. */
  readonly calibration?: CalibrationMethod;
  /** Default: 'none'. */
  readonly sampleWeighting?: SampleWeighting;
  /** Integer from 0 to 2^32-1, for the fits, the random baselines and the bootstrap. */
  readonly seed: number;
}

/** How training rows are kept away from the test rows. */
export interface Separation {
  /** Drop training rows whose label window reaches the first test bar. Default: true. False repeats the predecessor's flaw. */
  readonly isPurged?: boolean;
  /** Bars left out between the end of the last training label and the first test bar, beyond the purge. Default: 0. */
  readonly embargoBars?: number;
}

/** What `onFold` hears after each fold. */
export interface FoldProgress {
  readonly done: number;
  readonly total: number;
  readonly fold: FoldEvaluation;
}

export interface WalkForwardEvaluationOptions extends FoldModel, Separation {
  readonly rows: EvaluationRows;
  readonly candidate: Candidate;
  /** From walkForwardFolds or defaultEvaluationPlan. At least one. */
  readonly folds: readonly Fold[];
  /** [bars] closing prices; when given, the look-back rule is scored too. */
  readonly close?: Float64Array;
  /** In so many folds, spread evenly, the model is fitted on shuffled labels too. Default: 2; 0 for none. */
  readonly shuffledFolds?: number;
  /** Candidates and settings tried besides this one: the verdict allows for them. Default: 0. */
  readonly otherTrials?: number;
  /** Called after each fold; a promise is waited for, which is the place to let other work run. */
  readonly onFold?: (progress: FoldProgress) => void | Promise<void>;
  /** Looked at before each fold (an AbortSignal will do); when aborted, INTERRUPTED is thrown. */
  readonly signal?: { readonly aborted: boolean };
}
