// Combinatorial purged cross-validation: every choice of test groups is one split, and the splits join into several whole
// backtest paths instead of one. (López de Prado, Advances in Financial Machine Learning, 12.3 and 12.4.)
import { ForecastLabError, optionError } from '../../errors.js';
import { evenBlocks, positionsOf, purgeAroundTest } from './purge-around-test.js';
import type { TrainTestSplit } from './purged-k-fold.js';
import { checkRowSpans, type RowSpans } from './row-spans.js';

/** Each split is a fit; more than these are a slip of the pen rather than a plan. */
const MOST_SPLITS = 5000;

export interface CombinatorialFoldsOptions {
  /** Groups that the rows are cut into, N; from 2 to the number of rows. Default: 6. */
  readonly groups?: number;
  /** Groups tested in each split, k; from 1 to groups - 1. Default: 2. There are C(N, k) splits, at most 5000. */
  readonly testGroups?: number;
  /** Bars without training rows behind the last bar that each test group's labels use. At least 0. Default: 0. */
  readonly embargoBars?: number;
}

export interface CombinatorialSplit extends TrainTestSplit {
  /** Groups tested, ascending, from 0. */
  readonly testGroups: readonly number[];
}

export interface CombinatorialFolds {
  /** [groups] row positions of each group: from `start` up to, not including, `end`. */
  readonly groups: readonly { readonly start: number; readonly end: number }[];
  /** All choices of test groups in lexicographic order. */
  readonly splits: readonly CombinatorialSplit[];
  /** [paths × groups] the split whose model predicts each group on each path. There are k/N × C(N, k) paths; each split serves each of its groups once. */
  readonly paths: readonly (readonly number[])[];
}

/**
 * The splits and backtest paths of combinatorial purged cross-validation. Each test group is purged and embargoed by itself, so
 * that rows between two of them stay in training; for neighbouring groups that is the same as for one block of both.
 * @throws BAD_DATA for rows out of order, a label that ends before its bar, or a split without training rows left; BAD_OPTION
 * @example combinatorialFolds(trainingRows(table, 'T21_X8'), { groups: 6, testGroups: 2 }).paths.length // → 5
 */
export function combinatorialFolds(spans: RowSpans, options: CombinatorialFoldsOptions = {}): CombinatorialFolds {
  const { groups = 6, testGroups = 2, embargoBars = 0 } = options;
  const where = 'combinatorialFolds';
  checkRowSpans(where, spans);
  const rowCount = spans.rows.length;
  if (!Number.isSafeInteger(groups) || groups < 2 || groups > rowCount) throw optionError(where, 'groups', `an integer from 2 to the number of rows (${rowCount})`, groups);
  if (!Number.isSafeInteger(testGroups) || testGroups < 1 || testGroups >= groups) throw optionError(where, 'testGroups', `an integer from 1 to groups - 1 (${groups - 1})`, testGroups);
  if (!Number.isSafeInteger(embargoBars) || embargoBars < 0) throw optionError(where, 'embargoBars', 'an integer of at least 0', embargoBars);
  if (hasTooManyChoices(groups, testGroups)) {
    throw new ForecastLabError('BAD_OPTION', `The \`groups\` and \`testGroups\` options of ${where} must make at most ${MOST_SPLITS} splits. Got ${testGroups} of ${groups} groups, which make more.`, {
      hint: 'Each split is a fit. Take fewer groups; 2 of 6 make 15 splits and 5 paths, 2 of 10 make 45 and 9.',
      details: { where, option: 'groups', got: groups },
    });
  }
  const blocks = evenBlocks(rowCount, groups);
  const splits = choices(groups, testGroups).map((chosen, split): CombinatorialSplit => {
    const tested = chosen.map((group) => blocks[group]);
    const train = purgeAroundTest(spans, tested, embargoBars);
    if (train.length === 0) {
      throw new ForecastLabError('BAD_DATA', `${where}: Split ${split} (test groups ${chosen.join(', ')}) has no training rows left after the purge.`, {
        hint: 'Give more rows, fewer test groups, or a shorter embargo.',
        details: { split, testGroups: chosen },
      });
    }
    return { train, test: positionsOf(tested), testGroups: chosen };
  });
  const splitsOfGroup = blocks.map((_, group) => splits.flatMap((split, index) => (split.testGroups.includes(group) ? [index] : [])));
  const paths = splitsOfGroup[0].map((_, path) => splitsOfGroup.map((ofGroup) => ofGroup[path]));
  return { groups: blocks, splits, paths };
}

function hasTooManyChoices(of: number, take: number): boolean {
  let count = 1;
  for (let i = 1; i <= Math.min(take, of - take); i += 1) {
    count = (count * (of - i + 1)) / i;
    if (count > MOST_SPLITS) return true;
  }
  return false;
}

/** All ascending lists of `take` numbers from 0 to `of` - 1, in lexicographic order. */
function choices(of: number, take: number): readonly (readonly number[])[] {
  const found: number[][] = [];
  const chosen: number[] = [];
  const extend = (from: number): void => {
    if (chosen.length === take) {
      found.push([...chosen]);
      return;
    }
    for (let next = from; next <= of - (take - chosen.length); next += 1) {
      chosen.push(next);
      extend(next + 1);
      chosen.pop();
    }
  };
  extend(0);
  return found;
}
