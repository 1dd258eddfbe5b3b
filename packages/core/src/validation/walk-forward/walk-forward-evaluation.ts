// What an evaluation says: the types that bundles, reports and charts read. Everything but `predictions` is JSON-safe.
import type { ModelKind } from '../../models/classifier.js';
import type { SkillInterval } from '../skill/block-bootstrap.js';
import type { ClassificationScores } from '../metrics/classification-scores.js';
import type { BaselineName } from '../baselines/fold-baselines.js';
import type { SuperiorityResult } from '../skill/superiority-test.js';
import type { Fold } from '../splits/walk-forward-folds.js';

export interface Scores extends ClassificationScores {
  /** Rows scored. */
  readonly rows: number;
  /** Rows by predicted class, in CLASSES order. */
  readonly predictedCounts: readonly number[];
  /** Mean log loss in nats; null for a rule that gives labels and no probabilities. */
  readonly logLoss: number | null;
  /** Multi-class Brier score, 0 to 2; null for a rule that gives labels and no probabilities. */
  readonly brier: number | null;
  /** Area under the ROC curve, one class against the rest, mean over the classes; null when a class is absent or without probabilities. Absent in older bundles. */
  readonly rocAuc?: number | null | undefined;
  /** Expected calibration error; null without probabilities. Absent in older bundles. */
  readonly calibrationError?: number | null | undefined;
  /** Matthews correlation, -1 to 1; 0 when all rows or all predictions are of one class. Absent in older bundles. */
  readonly matthewsCorrelation?: number | null | undefined;
}

export interface BaselineScores {
  readonly name: BaselineName;
  readonly scores: Scores;
  /** Log-loss skill of the model against this baseline. Absent where it was scored on some of the rows only, and in older bundles. */
  readonly modelSkill?: SkillInterval | undefined;
}

export interface FoldEvaluation extends Fold {
  /** Open times, UTC ms. The training end is that of the last row left by the purge. */
  readonly trainStartMs: number;
  readonly trainEndMs: number;
  readonly testStartMs: number;
  readonly testEndMs: number;
  /** Rows fitted on, and rows that the purge took away. */
  readonly trainRows: number;
  readonly purgedRows: number;
  /** Rows by true class, in CLASSES order. */
  readonly trainClassCounts: readonly number[];
  readonly testClassCounts: readonly number[];
  readonly model: Scores;
  readonly prior: Scores;
}

export interface SkillVerdict {
  /** True only when the 95 % interval of the skill lies above 0 and no baseline is as good, at 5 %, allowing for all that was tried. */
  readonly hasSkill: boolean;
  /** One plain sentence with the numbers. */
  readonly sentence: string;
}

/** One row per test row of each fold, fold by fold. Overlapping folds give several rows for one bar, and several markets one each. */
export interface WalkForwardPredictions {
  /** Open time of the bar predicted from, UTC ms. */
  readonly openTimeMs: Float64Array;
  readonly fold: Int32Array;
  readonly label: Int8Array;
  readonly pDown: Float64Array;
  readonly pNeutral: Float64Array;
  readonly pUp: Float64Array;
  /** The markets of the rows, each once; absent when all are of one. */
  readonly symbols?: readonly string[] | undefined;
  /** Index into `symbols`; there together with it. */
  readonly symbolIndex?: Int32Array | undefined;
}

export interface WalkForwardEvaluation {
  /** The candidate's name, `T21_X8`. */
  readonly candidate: string;
  readonly modelKind: ModelKind;
  /** False when training rows whose labels reach into the test were kept (the predecessor's flaw). */
  readonly isPurged: boolean;
  readonly folds: readonly FoldEvaluation[];
  /** All test rows together; of overlapping folds the newest counts, as it would in production. */
  readonly pooled: { readonly model: Scores; readonly baselines: readonly BaselineScores[] };
  /** Log-loss skill against the class shares of the training windows, over the pooled rows. */
  readonly skill: SkillInterval;
  /** Brier-score skill against the same class shares, over the same rows. */
  readonly brierSkill: SkillInterval;
  /** Whether the model is better than every baseline. */
  readonly superiority: SuperiorityResult;
  /** Stretches of the test with more than one answer: see countEventBlocks. */
  readonly eventBlocks: number;
  readonly verdict: SkillVerdict;
  readonly predictions: WalkForwardPredictions;
}
