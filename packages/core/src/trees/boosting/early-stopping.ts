// Early stopping: the loss on rows that no tree has seen says after which round to stop.
import { ForecastLabError } from '../../errors.js';
import type { FeatureMatrix } from '../../features/feature-table.js';
import { addTrees, startScores } from '../ensemble/predict.js';
import { rowMajor } from '../ensemble/row-major.js';
import type { TreeEnsemble } from '../ensemble/tree-ensemble.js';
import type { RegressionRows } from '../training-rows.js';
import type { Objective } from './objectives/objective.js';

export interface ValidationData {
  /** The same features in the same order as the training matrix. Take later bars than the training's, and leave out those whose labels overlap. */
  readonly matrix: FeatureMatrix;
  /** [rows] class indexes, or numbers for regression. */
  readonly targets: ArrayLike<number>;
  /** Default: 1 each. */
  readonly weights?: ArrayLike<number>;
  /** [rows × scores] as the training's; give them when those rows have them. Default: 0. */
  readonly offsets?: ArrayLike<number>;
}

export interface EarlyStopper {
  /** Takes the trees of one more round; true when the last `patience` rounds brought nothing. */
  isOver(round: TreeEnsemble): boolean;
  /** The number of rounds with the least loss, the first of equals. */
  best(): number;
}

export interface EarlyStoppingOptions {
  readonly objective: Objective;
  /** [scoreCount] scores before any tree. */
  readonly start: Float64Array;
  /** Trees that are there already. */
  readonly initial: TreeEnsemble | undefined;
  /** Rounds without a lower loss after which to stop; 0: never. */
  readonly patience: number;
}

/** `rows`: checked validation rows. */
export function createEarlyStopper({ matrix, targets, weights, offsets }: RegressionRows, { objective, start, initial, patience }: EarlyStoppingOptions): EarlyStopper {
  const data = rowMajor(matrix.columns, matrix.length);
  const scoreCount = start.length;
  const scores = startScores(start, matrix.length, offsets);
  if (initial !== undefined) addTrees(initial, data, matrix.columns.length, scores, scoreCount);
  let rounds = 0;
  let bestRound = 0;
  let bestLoss = initial === undefined ? Infinity : objective.loss(scores, targets, weights);
  return {
    isOver(round) {
      addTrees(round, data, matrix.columns.length, scores, scoreCount);
      rounds += 1;
      const now = objective.loss(scores, targets, weights);
      if (now < bestLoss) [bestLoss, bestRound] = [now, rounds];
      return patience > 0 && rounds - bestRound >= patience;
    },
    best: () => bestRound,
  };
}

/** Throws BAD_DATA unless the features are those of the training data, in their order. */
export function checkSameFeatures(where: string, names: readonly string[], expected: readonly string[]): void {
  if (names.join('\n') === expected.join('\n')) return;
  throw new ForecastLabError('BAD_DATA', `${where} must have the features of the training data, in their order.`, { hint: `They are: ${expected.join(', ')}.` });
}
