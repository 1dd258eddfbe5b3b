// A classification problem as a benchmark hands it out: rows to fit on and rows to score on.
import type { FeatureMatrix } from '@forecastlab/core';

/** One walk-forward fold: row numbers, both ends included. */
export interface ProblemFold {
  readonly trainFrom: number;
  readonly trainTo: number;
  readonly testFrom: number;
  readonly testTo: number;
}

export interface Problem {
  readonly train: FeatureMatrix;
  /** [rows] 0 to 2. */
  readonly classIndexes: Uint8Array;
  readonly test: FeatureMatrix;
  readonly testClassIndexes: Uint8Array;
  /** Folds inside `train`; none where there is one fit only. */
  readonly folds: readonly ProblemFold[];
}

export const CLASS_COUNT = 3;
