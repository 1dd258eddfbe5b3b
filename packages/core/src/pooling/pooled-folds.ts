// Walk-forward folds of pooled rows, cut at times: rows of one time, whatever their market, are tested together or trained on together.
import { ForecastLabError, optionError } from '../errors.js';
import { defaultEvaluationPlan } from '../validation/splits/default-evaluation-plan.js';
import { type Fold, walkForwardFolds } from '../validation/splits/walk-forward-folds.js';
import type { PooledRows } from './pooled-rows.js';

/** When tests begin, and how often the model is fitted anew. Times are those at which any market has a labelled row. */
export interface PooledFoldOptions {
  /** Tests begin with the first labelled row at or after this time, UTC ms. Default: `initTrainBars`. */
  readonly firstTestMs?: number | undefined;
  /** Times before the first test, at least 1. Default, without `firstTestMs` too: the newer half of the times is tested. */
  readonly initTrainBars?: number | undefined;
  /** Times from one fit to the next, at least 1; the last model may test fewer. Default: an eighth of what is tested. */
  readonly refitEveryBars?: number | undefined;
  /** Train on the last so many times before each test, at least 1; the purge takes its rows from them. Default: all. */
  readonly window?: number | undefined;
}

/** Blocks of the default plan. */
const TEST_BLOCKS = 8;

/**
 * The folds of pooled rows, oldest first: every row from the first test on is tested once. With no option the plan is that of
 * defaultEvaluationPlan over the times, for horizon `T` bars.
 * @throws BAD_OPTION for a size below 1 or two beginnings; BAD_DATA when there is nothing to train on or to test
 * @example pooledFolds(pooled, 14, { firstTestMs: Date.UTC(2022, 0, 1), refitEveryBars: 63 })
 */
export function pooledFolds({ rows, openTimeMs }: Pick<PooledRows, 'rows' | 'openTimeMs'>, T: number, options: PooledFoldOptions = {}): readonly Fold[] {
  const { firstTestMs, initTrainBars, refitEveryBars, window } = options;
  if (firstTestMs !== undefined && initTrainBars !== undefined) throw optionError('pooledFolds', 'initTrainBars', 'given without firstTestMs', initTrainBars, 'Each says when tests begin.');
  const starts = timeStarts(rows);
  const times = starts.length - 1;
  const firstTest = firstTestMs === undefined ? initTrainBars : firstTestTime(firstTestMs, starts, openTimeMs);
  const isDefault = firstTest === undefined && refitEveryBars === undefined && window === undefined;
  return (isDefault ? defaultEvaluationPlan(times, T) : plan(times, { firstTest, refitEveryBars, window })).map((fold) => ({
    fold: fold.fold,
    trainStartIx: starts[fold.trainStartIx],
    trainEndIx: starts[fold.trainEndIx + 1] - 1,
    testStartIx: starts[fold.testStartIx],
    testEndIx: starts[fold.testEndIx + 1] - 1,
  }));
}

function plan(times: number, { firstTest = Math.ceil(times / 2), refitEveryBars, window }: { readonly firstTest: number | undefined; readonly refitEveryBars: number | undefined; readonly window: number | undefined }): readonly Fold[] {
  if (times === 0) throw new ForecastLabError('BAD_DATA', 'No market has a labelled row.', { hint: "Give more bars than the features' warm-up and the horizon together." });
  const refitEvery = refitEveryBars ?? Math.max(1, Math.ceil((times - firstTest) / TEST_BLOCKS));
  const sliding = window === undefined ? {} : { window: 'sliding' as const, trainWindow: window };
  const folds = walkForwardFolds(times, { initTrain: firstTest, refitEvery, ...sliding });
  if (folds.length > 0) return folds;
  throw new ForecastLabError('BAD_DATA', `Labelled rows at ${times} times make no fold with ${firstTest} before the first test.`, { hint: 'Give more bars, or begin to test earlier.', details: { times, firstTest } });
}

/** How many times lie before the first that is tested. */
function firstTestTime(firstTestMs: number, starts: Int32Array, openTimeMs: Float64Array): number {
  if (!Number.isFinite(firstTestMs)) throw optionError('pooledFolds', 'firstTestMs', 'a time in UTC ms', firstTestMs);
  const times = starts.length - 1;
  let before = 0;
  while (before < times && openTimeMs[starts[before]] < firstTestMs) before += 1;
  const day = new Date(firstTestMs).toISOString().slice(0, 10);
  if (before === 0) throw new ForecastLabError('BAD_DATA', `No labelled row lies before the first test, ${day}.`, { hint: 'Give older bars, or begin to test later.', details: { firstTestMs } });
  if (before === times) throw new ForecastLabError('BAD_DATA', `No labelled row lies at or after the first test, ${day}.`, { hint: 'Give newer bars, or begin to test earlier.', details: { firstTestMs } });
  return before;
}

/** [times + 1] the first row of each time, and the number of rows. */
function timeStarts(rows: Int32Array): Int32Array {
  const starts: number[] = [];
  for (let row = 0; row < rows.length; row += 1) {
    if (row > 0 && rows[row] < rows[row - 1]) throw new ForecastLabError('BAD_DATA', `pooledFolds: Rows must be in the order of their bars. Row ${row} is before row ${row - 1}.`);
    if (row === 0 || rows[row] !== rows[row - 1]) starts.push(row);
  }
  return Int32Array.from([...starts, rows.length]);
}
