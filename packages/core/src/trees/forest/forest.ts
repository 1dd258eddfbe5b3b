// Random forests (Breiman 2001): many full-depth trees, each on its own bootstrap sample and with randomly drawn features
// at every split. A row's probability is the mean of the class shares in the leaves that it reaches.
import type { FeatureMatrix } from '../../features/feature-table.js';
import { createRandom } from '../../numeric/random.js';
import { checkForestParams, featuresPerSplit } from './forest-options.js';
import type { ForestParams } from './forest-options.js';
import { createExactMemory, growExactTree } from './grow-exact-tree.js';
import { sumTrees } from '../ensemble/predict.js';
import { rankMatrix } from './ranked-matrix.js';
import { drawBootstrap } from '../sampling.js';
import { TreeEnsembleBuilder } from '../ensemble/tree-ensemble.js';
import type { TreeEnsemble } from '../ensemble/tree-ensemble.js';
import { checkClasses, checkSeed, prepareTrainingRows } from '../training-rows.js';

export interface ForestOptions {
  /** Number of classes, 2 to 256. */
  readonly classes: number;
  /** Integer from 0 to 2^32-1: tree t depends on the data, the seed and t alone. */
  readonly seed: number;
  /** Hyper-parameters. Default: scikit-learn's. */
  readonly params?: ForestParams;
  /** [rows], finite, not negative, not all zero; a row of weight 0 is as if it were not there. Default: 1 each. */
  readonly weights?: ArrayLike<number>;
  /** Called after each tree with the trees done and `nEstimators`; what it throws ends the fit. */
  readonly onIteration?: (done: number, total: number) => void;
}

export interface Forest {
  readonly classes: number;
  /** One number per class in each leaf. */
  readonly trees: TreeEnsemble;
}

/**
 * Fits a forest to `matrix` ([rows], NaN is missing) and `classIndexes` ([rows], 0 to classes - 1). Further fits on the
 * same matrix object share its ranks, so its numbers must not be changed between them.
 * Throws BAD_OPTION and BAD_DATA.
 */
export function fitForest(matrix: FeatureMatrix, classIndexes: ArrayLike<number>, options: ForestOptions): Forest {
  const where = 'fitForest';
  const { classes, seed, onIteration } = options;
  checkClasses(where, classes);
  checkSeed(where, seed);
  const params = checkForestParams(where, options.params);
  const training = prepareTrainingRows(where, matrix, classIndexes, classes, options.weights);
  const rows = training.matrix.length;
  const ranked = rankMatrix(training.matrix);
  const memory = createExactMemory(rows);
  const builder = new TreeEnsembleBuilder(classes);
  const limits = {
    ...params,
    featuresPerSplit: featuresPerSplit(params.maxFeatures, ranked.ranks.length),
    maxDepth: params.maxDepth ?? Infinity,
    minWeightLeaf: params.minWeightFractionLeaf * training.weights.reduce((sum, weight) => sum + weight, 0),
  };
  for (let tree = 0; tree < params.nEstimators; tree += 1) {
    const random = createRandom(seed, tree);
    const draws = params.bootstrap ? drawBootstrap(rows, random) : new Int32Array(rows).fill(1);
    const weights = training.weights.map((weight, row) => weight * draws[row]);
    growExactTree(builder, ranked, { classIndexes: training.classIndexes, classes, draws, weights }, limits, random, memory);
    onIteration?.(tree + 1, params.nEstimators);
  }
  return { classes, trees: builder.build() };
}

/** Probabilities [rows × classes], row by row; `columns` in the order of the training features. */
export function predictForest(forest: Forest, columns: readonly Float64Array[], rows: number): Float64Array {
  const sums = sumTrees(forest.trees, columns, rows, new Float64Array(forest.classes));
  const trees = forest.trees.roots.length;
  for (let i = 0; i < sums.length; i += 1) sums[i] /= trees;
  return sums;
}
