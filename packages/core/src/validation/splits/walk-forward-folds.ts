// Walk-forward folds: train on the past, test on the bars that follow, move on. Positions count labelled rows, not bars.
// A fold is cut before purging: see purge.ts for the training rows that it may really use.
import { ForecastLabError, optionError } from '../../errors.js';

interface TrainingWindow {
  /** Rows before the first test row. At least 1. */
  readonly initTrain: number;
  /** 'expanding' trains on all rows before the test (default), 'sliding' on the last `trainWindow` of them. */
  readonly window?: 'expanding' | 'sliding';
  /** Training rows of a sliding window. Default: `initTrain`. */
  readonly trainWindow?: number;
}

/** Test blocks of one length. */
export interface TestBlockOptions extends TrainingWindow {
  /** Test rows of each fold. At least 1. A last fold with fewer rows is left out. */
  readonly oosWindow: number;
  /** Rows from one fold's first test row to the next. Default: `oosWindow` (test blocks neither overlap nor leave gaps). */
  readonly step?: number;
  readonly refitEvery?: undefined;
}

/** As in production: every row from `initTrain` on is predicted once, by the newest model. */
export interface RefitOptions extends TrainingWindow {
  /** Rows from one fit to the next, which each model predicts; the last model may predict fewer. At least 1. */
  readonly refitEvery: number;
  readonly oosWindow?: undefined;
  readonly step?: undefined;
}

export type WalkForwardOptions = TestBlockOptions | RefitOptions;

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
 * @throws BAD_OPTION for a size below 1, or `refitEvery` together with `oosWindow` or `step`
 * @example walkForwardFolds(10, { initTrain: 6, oosWindow: 2 })
 * // → [{ fold: 0, trainStartIx: 0, trainEndIx: 5, testStartIx: 6, testEndIx: 7 }, { fold: 1, …, trainEndIx: 7, testStartIx: 8, testEndIx: 9 }]
 * @example walkForwardFolds(9, { initTrain: 6, refitEvery: 2 }).map((fold) => [fold.testStartIx, fold.testEndIx]) // → [[6, 7], [8, 8]]
 */
export function walkForwardFolds(rowCount: number, options: WalkForwardOptions): readonly Fold[] {
  const { initTrain, window = 'expanding', trainWindow = initTrain } = options;
  const where = 'walkForwardFolds';
  const { testRows, step, leastTestRows } = testBlocks(options, where);
  for (const [name, value] of Object.entries({ initTrain, trainWindow })) checkSize(where, name, value);
  if (window !== 'expanding' && window !== 'sliding') throw optionError(where, 'window', "'expanding' or 'sliding'", window);
  if (!Number.isSafeInteger(rowCount) || rowCount < 0) throw optionError(where, 'rowCount', 'an integer of at least 0', rowCount);
  const folds: Fold[] = [];
  for (let testStartIx = initTrain; testStartIx + leastTestRows <= rowCount; testStartIx += step) {
    folds.push({
      fold: folds.length,
      trainStartIx: window === 'sliding' ? Math.max(0, testStartIx - trainWindow) : 0,
      trainEndIx: testStartIx - 1,
      testStartIx,
      testEndIx: Math.min(testStartIx + testRows, rowCount) - 1,
    });
  }
  return folds;
}

/** Test rows of a fold, rows from one fold to the next, and how many test rows a last fold needs. */
function testBlocks(options: WalkForwardOptions, where: string): { readonly testRows: number; readonly step: number; readonly leastTestRows: number } {
  const { refitEvery, oosWindow, step = oosWindow } = options;
  if (refitEvery === undefined) {
    checkSize(where, 'oosWindow', oosWindow);
    checkSize(where, 'step', step);
    return { testRows: oosWindow as number, step: step as number, leastTestRows: oosWindow as number };
  }
  if (oosWindow !== undefined || step !== undefined) {
    throw new ForecastLabError('BAD_OPTION', `The \`refitEvery\` option of ${where} must stand without \`oosWindow\` and \`step\`. Got both.`, {
      hint: 'refitEvery is the length of each test block and the step at once.',
      details: { where, option: 'refitEvery', got: refitEvery },
    });
  }
  checkSize(where, 'refitEvery', refitEvery);
  return { testRows: refitEvery, step: refitEvery, leastTestRows: 1 };
}

function checkSize(where: string, name: string, value: unknown): void {
  if (!Number.isSafeInteger(value) || (value as number) < 1) throw optionError(where, name, 'an integer of at least 1', value);
}
