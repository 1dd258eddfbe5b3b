// Walk-forward folds: train on the past, test on the bars that follow, move on. Positions count labelled rows, not bars.
// A fold is cut before purging: see purge.ts for the training rows that it may really use.
import { optionError } from '../errors.js';

export interface WalkForwardOptions {
  /** Rows before the first test row. At least 1. */
  readonly initTrain: number;
  /** Test rows of each fold. At least 1. A last fold with fewer rows is left out. */
  readonly oosWindow: number;
  /** Rows from one fold's first test row to the next. Default: `oosWindow` (test blocks neither overlap nor leave gaps). */
  readonly step?: number;
  /** 'expanding' trains on all rows before the test (default), 'sliding' on the last `trainWindow` of them. */
  readonly window?: 'expanding' | 'sliding';
  /** Training rows of a sliding window. Default: `initTrain`. */
  readonly trainWindow?: number;
}

/** Row positions of one fold, both ends included. */
export interface Fold {
  /** 0, 1, 2, … */
  readonly fold: number;
  readonly trainStartIx: number;
  readonly trainEndIx: number;
  readonly testStartIx: number;
  readonly testEndIx: number;
}

/**
 * The folds of `rowCount` rows, oldest first; none when the rows do not suffice for one.
 * @example walkForwardFolds(10, { initTrain: 6, oosWindow: 2 })
 * // → [{ fold: 0, trainStartIx: 0, trainEndIx: 5, testStartIx: 6, testEndIx: 7 }, { fold: 1, …, trainEndIx: 7, testStartIx: 8, testEndIx: 9 }]
 */
export function walkForwardFolds(rowCount: number, options: WalkForwardOptions): readonly Fold[] {
  const { initTrain, oosWindow, step = oosWindow, window = 'expanding', trainWindow = initTrain } = options;
  const where = 'walkForwardFolds';
  for (const [name, value] of Object.entries({ initTrain, oosWindow, step, trainWindow })) {
    if (!Number.isSafeInteger(value) || value < 1) throw optionError(where, name, 'an integer of at least 1', value);
  }
  if (window !== 'expanding' && window !== 'sliding') throw optionError(where, 'window', "'expanding' or 'sliding'", window);
  if (!Number.isSafeInteger(rowCount) || rowCount < 0) throw optionError(where, 'rowCount', 'an integer of at least 0', rowCount);
  const folds: Fold[] = [];
  for (let testStartIx = initTrain; testStartIx + oosWindow <= rowCount; testStartIx += step) {
    folds.push({
      fold: folds.length,
      trainStartIx: window === 'sliding' ? Math.max(0, testStartIx - trainWindow) : 0,
      trainEndIx: testStartIx - 1,
      testStartIx,
      testEndIx: testStartIx + oosWindow - 1,
    });
  }
  return folds;
}
