// Purging: a training row whose label looks into the test bars knows the answers, so it goes.
// (López de Prado, Advances in Financial Machine Learning, 7.4.1. The label's END is what counts, in bars.)
import { optionError } from '../../errors.js';
import type { Fold } from './walk-forward-folds.js';

export interface PurgeOptions {
  /** Bars that must lie free between the end of a training label and the first test bar. At least 0. Default: 0. */
  readonly embargoBars?: number;
}

/**
 * The positions among `trainRows` whose label window ends before the first test bar.
 * `trainRows`: row positions; `spanEnd`: [rows] index of the last bar that each row's label uses;
 * `firstTestBar`: the BAR index (not the position) of the first test row. Training rows must lie before the test.
 * With an embargo of n bars a row goes when spanEnd + n >= firstTestBar.
 */
export function purgeTraining(trainRows: ArrayLike<number>, spanEnd: ArrayLike<number>, firstTestBar: number, options: PurgeOptions = {}): Int32Array {
  const { embargoBars = 0 } = options;
  if (!Number.isSafeInteger(embargoBars) || embargoBars < 0) throw optionError('purgeTraining', 'embargoBars', 'an integer of at least 0', embargoBars);
  const kept = new Int32Array(trainRows.length);
  let count = 0;
  for (let i = 0; i < trainRows.length; i += 1) {
    const position = trainRows[i];
    const end = spanEnd[position];
    if (end === undefined) throw optionError('purgeTraining', 'spanEnd', `of one value per row (row ${position} has none)`, spanEnd.length);
    if (end + embargoBars < firstTestBar) {
      kept[count] = position;
      count += 1;
    }
  }
  return kept.slice(0, count);
}

/** The training positions of a fold, purged. `rows`: [rows] bar index of each row; `spanEnd` as in purgeTraining. */
export function purgedTrainingRows(fold: Fold, rows: ArrayLike<number>, spanEnd: ArrayLike<number>, options: PurgeOptions = {}): Int32Array {
  return purgeTraining(foldTrainingRows(fold), spanEnd, rows[fold.testStartIx], options);
}

/** The training positions of a fold without purging. */
export function foldTrainingRows(fold: Fold): Int32Array {
  return Int32Array.from({ length: fold.trainEndIx - fold.trainStartIx + 1 }, (_, i) => fold.trainStartIx + i);
}
