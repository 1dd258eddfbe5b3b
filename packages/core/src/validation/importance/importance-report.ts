// What permutation importance is asked and what it says. Everything but the evaluation's predictions is JSON-safe.
import type { WalkForwardEvaluationOptions } from '../walk-forward/evaluation-options.js';
import type { WalkForwardEvaluation } from '../walk-forward/walk-forward-evaluation.js';

/** 'log-loss' in nats, or the multi-class 'brier' score. */
export const IMPORTANCE_LOSSES = ['log-loss', 'brier'] as const;
export type ImportanceLoss = (typeof IMPORTANCE_LOSSES)[number];

export interface PermutationImportanceOptions extends Omit<WalkForwardEvaluationOptions, 'onFold' | 'shuffledFolds'> {
  /** How often each feature is permuted in each fold, 1 to 1000. Default: 5. */
  readonly repeats?: number;
  /**
   * Rows that stay together when a feature is permuted, at least 1: longer blocks keep its autocorrelation, which a model over several
   * rows may read. A block as long as a fold's test only turns its rows round. Default: 1.
   */
  readonly blockRows?: number;
  /** By name, features that are permuted together, in the same order; each feature in one group at most. Those in none stand alone. Default: none. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  /** Default: 'log-loss'. */
  readonly loss?: ImportanceLoss;
  /** Called after each fold; a promise is waited for, which is the place to let other work run. */
  readonly onFold?: (progress: { readonly done: number; readonly total: number }) => void | Promise<void>;
}

/** One feature, or one group of features. */
export interface PermutedFeature {
  /** Of the feature or of the group. */
  readonly name: string;
  readonly features: readonly string[];
  /** How much the mean loss of the pooled test rows rises when the feature is permuted: 0 or less for one that does not help. */
  readonly importance: number;
  /** 95 % interval of the importance over time, which allows for overlapping labels. Null with too few rows or events. */
  readonly interval: readonly [number, number] | null;
  /** Two-sided, that the importance is 0; null where the interval is. */
  readonly pValue: number | null;
  /** The same, allowing for all features that were permuted (Holm 1979). */
  readonly adjustedPValue: number | null;
  /** True when the interval lies above 0 and the adjusted p-value is below 5 %. */
  readonly isMeasurable: boolean;
  /** [folds] rise of the mean loss of each fold's test rows. */
  readonly folds: readonly number[];
  /** Standard deviation of the rise over the folds; 0 for one fold. */
  readonly foldDeviation: number;
  /** Standard deviation of the importance over the repeats, which more repeats make less of: the chance of the permutation itself. */
  readonly repeatDeviation: number;
}

export interface PermutationImportance {
  readonly loss: ImportanceLoss;
  readonly repeats: number;
  readonly blockRows: number;
  /** Mean loss of the pooled test rows, nothing permuted. */
  readonly meanLoss: number;
  /** Most important first. */
  readonly features: readonly PermutedFeature[];
  /** Of the same fits: whether the model is worth an explanation at all. */
  readonly evaluation: WalkForwardEvaluation;
  /** What to say beside the numbers when the model has no measurable skill; null when it has. */
  readonly caution: string | null;
}
