// The evaluation that every production bundle carries: eight test blocks over the newer half of the rows.
// Eight fits cost about as much as five trainings on all rows, whatever the number of rows.
import { ForecastLabError, optionError } from '../../errors.js';
import { walkForwardFolds } from './walk-forward-folds.js';
import type { Fold } from './walk-forward-folds.js';

const TEST_BLOCKS = 8;
/** Fewer rows than this after purging make no fit worth scoring. */
const LEAST_TRAINING_ROWS = 50;
/** A test block should hold at least this many rows, and at least T: fewer, longer blocks on short data. */
const LEAST_BLOCK_ROWS = 20;
/** Bounds the cost of one fit on minute bars; about 70 days of minutes, 274 years of days. */
const MOST_TRAINING_ROWS = 100_000;

/**
 * Folds over `rowCount` labelled rows with horizon `T` bars: non-overlapping test blocks over the last half, training on
 * all rows before (the last 100,000 when there are more). Purge happens in evaluateWalkForward.
 * Throws BAD_DATA when the rows do not suffice for one block.
 */
export function defaultEvaluationPlan(rowCount: number, T: number): readonly Fold[] {
  if (!Number.isSafeInteger(T) || T < 1) throw optionError('defaultEvaluationPlan', 'T', 'an integer of at least 1', T);
  const leastTraining = LEAST_TRAINING_ROWS + T;
  const leastBlock = Math.max(T, LEAST_BLOCK_ROWS);
  const testable = Math.min(Math.floor(rowCount / 2), rowCount - leastTraining);
  const blocks = Math.min(TEST_BLOCKS, Math.floor(testable / leastBlock));
  if (!(blocks >= 1)) {
    throw new ForecastLabError('BAD_DATA', `Too few labelled rows for an evaluation: ${rowCount}, with T = ${T} at least ${leastRows(T)} are needed.`, {
      hint: 'Give more bars or a shorter horizon.',
      details: { rowCount, T },
    });
  }
  const oosWindow = Math.floor(testable / blocks);
  const initTrain = rowCount - blocks * oosWindow;
  if (rowCount - oosWindow <= MOST_TRAINING_ROWS) return walkForwardFolds(rowCount, { initTrain, oosWindow });
  return walkForwardFolds(rowCount, { initTrain, oosWindow, window: 'sliding', trainWindow: MOST_TRAINING_ROWS });
}

function leastRows(T: number): number {
  const block = Math.max(T, LEAST_BLOCK_ROWS);
  return Math.max(2 * block, LEAST_TRAINING_ROWS + T + block);
}
