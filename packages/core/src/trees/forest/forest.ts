// Random forests (Breiman 2001): many full-depth trees, each on its own bootstrap sample and with randomly drawn features
// at every split. A row's probability is the mean of the class shares in the leaves that it reaches.
// Extra trees (Geurts, Ernst and Wehenkel 2006) draw thresholds at random too, and grow on all rows: params `splitter: 'random'`.
import type { FeatureMatrix } from '../../features/feature-table.js';
import { sumTrees } from '../ensemble/predict.js';
import type { TreeEnsemble } from '../ensemble/tree-ensemble.js';
import { finishForest } from './finish-forest.js';
import type { ForestParams } from './forest-options.js';
import { planForest } from './forest-plan.js';
import { growTrees } from './grow-trees.js';
import type { OutOfBag } from './out-of-bag.js';

export interface ForestOptions {
  /** Number of classes, 2 to 256. */
  readonly classes: number;
  /** Integer from 0 to 2^32-1: tree t depends on the data, the seed and t alone. */
  readonly seed: number;
  /** Hyper-parameters. Default: scikit-learn's. */
  readonly params?: ForestParams;
  /** [rows], finite, not negative, not all zero; a row of weight 0 is as if it were not there. Default: 1 each. */
  readonly weights?: ArrayLike<number>;
  /** Judge each row by the trees that were grown without it; needs bootstrap. Default: false. */
  readonly oob?: boolean;
  /** Called after each tree with the trees done and `nEstimators`; what it throws ends the fit. */
  readonly onIteration?: (done: number, total: number) => void;
  /** Use WebAssembly where the engine has it; without, the same forest grows more slowly. Default: true. */
  readonly useKernel?: boolean;
}

export interface Forest {
  readonly classes: number;
  /** One number per class in each leaf. */
  readonly trees: TreeEnsemble;
  /** With the option `oob`. */
  readonly outOfBag?: OutOfBag;
}

/**
 * Fits a forest to `matrix` ([rows], NaN is missing) and `classIndexes` ([rows], 0 to classes - 1). Further fits on the
 * same matrix object share its ranks, so its numbers must not be changed between them.
 * Throws BAD_OPTION and BAD_DATA.
 */
export function fitForest(matrix: FeatureMatrix, classIndexes: ArrayLike<number>, options: ForestOptions): Forest {
  const { onIteration, useKernel, oob = false } = options;
  const plan = planForest('fitForest', matrix, classIndexes, options);
  const total = plan.params.nEstimators;
  const trees = growTrees(plan, 0, total, { ...(useKernel === undefined ? {} : { useKernel }), onTree: (done) => onIteration?.(done, total) });
  return finishForest(plan, trees, matrix, oob);
}

/** Probabilities [rows × classes], row by row; `columns` in the order of the training features. */
export function predictForest(forest: Forest, columns: readonly Float64Array[], rows: number): Float64Array {
  const sums = sumTrees(forest.trees, columns, rows, new Float64Array(forest.classes));
  const trees = forest.trees.roots.length;
  for (let i = 0; i < sums.length; i += 1) sums[i] /= trees;
  return sums;
}
