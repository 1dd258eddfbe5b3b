// Early stopping: the log loss on rows that no tree has seen says after which round to stop.
import { ForecastLabError } from '../../errors.js';
import type { FeatureMatrix } from '../../features/feature-table.js';
import { log } from '../../numeric/log.js';
import { addTrees } from '../ensemble/predict.js';
import { rowMajor } from '../ensemble/row-major.js';
import { softmaxRows } from '../../numeric/softmax.js';
import type { TreeEnsemble } from '../ensemble/tree-ensemble.js';
import { prepareTrainingRows } from '../training-rows.js';

export interface ValidationData {
  /** The same features in the same order as the training matrix. Take later bars than the training's. */
  readonly matrix: FeatureMatrix;
  readonly classIndexes: ArrayLike<number>;
  /** Default: 1 each. */
  readonly weights?: ArrayLike<number>;
}

export interface EarlyStopper {
  /** Takes the trees of one more round; true when the last `patience` rounds brought nothing. */
  isOver(round: TreeEnsemble): boolean;
  /** The number of rounds with the least loss, the first of equals. */
  best(): number;
}

/** Probabilities below this are raised to it before their logarithm is taken. */
const SMALLEST_PROBABILITY = 1e-15;

/** `start`: the scores [classes] before any tree; `patience` of 0 never stops. Throws BAD_DATA when features differ. */
export function createEarlyStopper(where: string, validation: ValidationData, featureNames: readonly string[], start: Float64Array, patience: number): EarlyStopper {
  const classes = start.length;
  const { matrix, classIndexes, weights } = prepareTrainingRows(`${where} (validation)`, validation.matrix, validation.classIndexes, classes, validation.weights);
  if (matrix.names.join('\n') !== featureNames.join('\n')) {
    throw new ForecastLabError('BAD_DATA', `${where}: The validation data must have the features of the training data, in their order.`);
  }
  const data = rowMajor(matrix.columns, matrix.length);
  const scores = new Float64Array(matrix.length * classes);
  for (let i = 0; i < scores.length; i += classes) scores.set(start, i);
  let rounds = 0;
  let bestRound = 0;
  let bestLoss = Infinity;
  const loss = (): number => {
    const probabilities = softmaxRows(scores.slice(), classes);
    let sum = 0;
    for (let row = 0; row < weights.length; row += 1) {
      sum -= weights[row] * log(Math.max(SMALLEST_PROBABILITY, probabilities[row * classes + classIndexes[row]]));
    }
    return sum;
  };
  return {
    isOver(round) {
      addTrees(round, data, matrix.columns.length, scores, classes);
      rounds += 1;
      const now = loss();
      if (now < bestLoss) [bestLoss, bestRound] = [now, rounds];
      return patience > 0 && rounds - bestRound >= patience;
    },
    best: () => bestRound,
  };
}
