// What an evaluation on several markets is asked, and what one fold of it gives: plan, fit each fold anywhere, assemble.
import type { Candidate } from '../labels/candidate.js';
import type { RecordedForecast } from '../validation/evidence/forecast-record.js';
import type { Fold } from '../validation/splits/walk-forward-folds.js';
import type { FoldModel } from '../validation/walk-forward/evaluation-options.js';
import type { PooledRows } from './pooled-rows.js';
import type { SymbolWeighting } from './pooled-weights.js';

/** The model that is fitted in each fold. */
export interface PooledModel extends FoldModel {
  /** What a market counts by in training. Default: 'rows'. */
  readonly symbolWeighting?: SymbolWeighting;
}

/** Rows and folds of one candidate; plain data, so that any thread can fit any fold of it. */
export interface PooledPlan {
  readonly candidate: Candidate;
  readonly intervalMs: number;
  readonly rows: PooledRows;
  /** From pooledFolds; tests in the order of time, no row twice. */
  readonly folds: readonly Fold[];
}

/** What the models and baselines of one fold say about its test rows; `probabilities` [test rows × 3]. */
export interface PooledFoldForecasts {
  /** Position in the plan's folds. */
  readonly fold: number;
  readonly forecasts: readonly RecordedForecast[];
}

export interface PooledEvaluationOptions extends PooledPlan {
  readonly model: PooledModel;
  /** Bars left out between the end of the last training label of any market and the first test bar, beyond the purge. Default: 0. */
  readonly embargoBars?: number | undefined;
  /** Called after each fold; a promise is waited for, which is the place to let other work run. */
  readonly onFold?: (progress: { readonly done: number; readonly total: number }) => void | Promise<void>;
  /** Looked at before each fold (an AbortSignal will do); when aborted, INTERRUPTED is thrown. */
  readonly signal?: { readonly aborted: boolean } | undefined;
}
