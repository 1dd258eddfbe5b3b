// Answers that a scorecard counts without scoring them.
import type { OutcomeStatus } from './outcome.js';

/** Whose answer to which question. */
export interface AnswerId {
  readonly symbol: string;
  readonly interval: string;
  readonly candidate: string;
  /** Horizon in bars. */
  readonly T: number;
  readonly deploy_name: string;
  /** Null when the bundle cannot be read any more. */
  readonly bundle_sha256: string | null;
}

/** An answer whose window has not closed, or never will; or a day that has none. */
export interface UnscoredAnswer extends AnswerId {
  readonly asof_date: string;
  readonly synthetic: boolean;
  /** `not-fair`: open, and not to be scored when it matures. `missing`: a day whose window has closed, without an answer. */
  readonly status: Exclude<OutcomeStatus, 'matured'> | 'not-fair' | 'missing';
}
