// Purged k-fold cross-validation: each block of rows is tested once by a model that learned from the rows around it, less
// those that share bars with it. (López de Prado, Advances in Financial Machine Learning, 7.4.) It tests on the past too:
// good for comparing settings, no substitute for walk-forward.
import { ForecastLabError, optionError } from '../../errors.js';
import { checkRowSpans, type RowSpans } from './row-spans.js';
import { evenBlocks, positionsOf, purgeAroundTest } from './purge-around-test.js';

export interface PurgedKFoldOptions {
  /** Test blocks, from 2 to the number of rows. Default: 5. The first have one row more where rows do not divide evenly. */
  readonly folds?: number;
  /** Bars without training rows behind the last bar that a test block's labels use. At least 0. Default: 0. */
  readonly embargoBars?: number;
}

/** Row positions to fit on and to score on, each ascending. */
export interface TrainTestSplit {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/**
 * The splits of purged k-fold, oldest test block first. No kept training row's features or label share a bar with a test row's:
 * before the block the label ends before its first bar, after it the bar lies behind the largest label end and the embargo.
 * @throws BAD_DATA for rows out of order, a label that ends before its bar, or a fold without training rows left; BAD_OPTION
 * @example purgedKFold({ rows: [0, 1, 2, 3, 4, 5], spanEnd: [1, 2, 3, 4, 5, 6] }, { folds: 3 })[1]
 * // → { train: Int32Array [0, 5], test: Int32Array [2, 3] }
 */
export function purgedKFold(spans: RowSpans, options: PurgedKFoldOptions = {}): readonly TrainTestSplit[] {
  const { folds = 5, embargoBars = 0 } = options;
  const where = 'purgedKFold';
  checkRowSpans(where, spans);
  const rowCount = spans.rows.length;
  if (!Number.isSafeInteger(folds) || folds < 2 || folds > rowCount) throw optionError(where, 'folds', `an integer from 2 to the number of rows (${rowCount})`, folds);
  if (!Number.isSafeInteger(embargoBars) || embargoBars < 0) throw optionError(where, 'embargoBars', 'an integer of at least 0', embargoBars);
  return evenBlocks(rowCount, folds).map((block, fold) => {
    const train = purgeAroundTest(spans, [block], embargoBars);
    if (train.length === 0) {
      throw new ForecastLabError('BAD_DATA', `${where}: Fold ${fold} has no training rows left after the purge.`, {
        hint: 'Give more rows, more folds, or a shorter embargo.',
        details: { fold, testRows: block.end - block.start },
      });
    }
    return { train, test: positionsOf([block]) };
  });
}
