// Gradient boosting of trees with the softmax log loss (Friedman 2001; LightGBM, Ke et al. 2017).
//
// Every class has a score, and softmax turns the scores of a row into probabilities. Each round looks how the loss
// changes with each score (gradient: probability minus 1 for the row's class, minus 0 for others; hessian: how that
// changes in turn), grows one small tree per class whose leaves hold the step that lowers the loss most, and adds it,
// made smaller by the learning rate.
import { optionError } from '../../errors.js';
import type { FeatureMatrix } from '../../features/feature-table.js';
import { log } from '../../numeric/log.js';
import { binMatrix } from '../binning/binned-matrix.js';
import { createSampler } from './boosting-sampler.js';
import { checkBoostingParams } from './boosting-options.js';
import type { BoostingParams } from './boosting-options.js';
import { createEarlyStopper } from './early-stopping.js';
import type { ValidationData } from './early-stopping.js';
import { addToScores, flattenTree } from './flatten-tree.js';
import { fillDerivatives, gridRounder } from './gradients.js';
import { createGrowMemory, growTree } from './grow-tree.js';
import { addTrees, sumTrees } from '../ensemble/predict.js';
import { rowMajor } from '../ensemble/row-major.js';
import { softmaxRows } from '../../numeric/softmax.js';
import { joinEnsembles, TreeEnsembleBuilder } from '../ensemble/tree-ensemble.js';
import type { TreeEnsemble } from '../ensemble/tree-ensemble.js';
import { checkClasses, checkSeed, prepareTrainingRows } from '../training-rows.js';

export interface BoostingOptions {
  /** Number of classes, 2 to 256. */
  readonly classes: number;
  /** Hyper-parameters. Default: LightGBM's. */
  readonly params?: BoostingParams;
  /** [rows], finite, not negative, not all zero; a row of weight 0 is as if it were not there. Default: 1 each. */
  readonly weights?: ArrayLike<number>;
  /** Integer from 0 to 2^32-1; matters only when rows or features are drawn. Default: 0. */
  readonly seed?: number;
  /** Rows whose log loss early stopping watches. */
  readonly validation?: ValidationData;
  /** Called after each round with the rounds done and `numIterations`; what it throws ends the fit. */
  readonly onIteration?: (done: number, total: number) => void;
}

/** A fitted model: score of a class = its start + the sum of its trees. */
export interface BoostedTrees {
  readonly classes: number;
  /** [classes] scores before any tree. */
  readonly start: Float64Array;
  /** Tree t belongs to class t mod classes. */
  readonly trees: TreeEnsemble;
  /** Rounds kept. */
  readonly iterations: number;
}

/** The start score of a class without training rows: the logarithm of this share (LightGBM's kEpsilon). */
const SHARE_OF_ABSENT_CLASS = 1e-15;

/**
 * Fits boosted trees to `matrix` ([rows], NaN is missing) and `classIndexes` ([rows], 0 to classes - 1).
 * With one class only, the model is constant. Further fits on the same matrix object share its bins, so its numbers must
 * not be changed between them. Throws BAD_OPTION and BAD_DATA.
 */
export function fitBoosting(matrix: FeatureMatrix, classIndexes: ArrayLike<number>, options: BoostingOptions): BoostedTrees {
  const where = 'fitBoosting';
  const { classes, seed = 0, validation, onIteration } = options;
  checkClasses(where, classes);
  checkSeed(where, seed);
  const params = checkBoostingParams(where, options.params);
  if (params.earlyStoppingRound > 0 && validation === undefined) {
    throw optionError(where, 'earlyStoppingRound', '0 when there is no validation data', params.earlyStoppingRound, 'Give `validation`.');
  }
  const training = prepareTrainingRows(where, matrix, classIndexes, classes, options.weights);
  const { weights, matrix: { length: rows, columns } } = training;
  const shares = classShares(training.classIndexes, weights, classes);
  const start = shares.map((share) => (params.boostFromAverage ? log(Math.max(SHARE_OF_ABSENT_CLASS, share)) : 0));
  const stopper = validation && createEarlyStopper(where, validation, matrix.names, start, params.earlyStoppingRound);

  const binned = binMatrix(training.matrix, params);
  const sampler = createSampler(rows, binned.width, classes, seed, params);
  const rounder = gridRounder(sum(weights));
  const derivatives = Array.from({ length: classes }, () => new Float64Array(2 * rows));
  const scores = repeat(start, rows);
  const probabilities = new Float64Array(scores.length);
  const memory = createGrowMemory(rows);
  const order = new Int32Array(rows); // the rows of the tree being grown, grouped by leaf
  const outOfBag = sampler.hasBag ? rowMajor(columns, rows) : undefined;
  const rounds: TreeEnsemble[] = [];

  while (rounds.length < params.numIterations) {
    probabilities.set(scores);
    fillDerivatives(derivatives, softmaxRows(probabilities, classes), training.classIndexes, weights, rounder);
    const bag = sampler.rowsOf(rounds.length);
    const round = new TreeEnsembleBuilder(1);
    let hasGrown = false;
    for (let index = 0; index < classes; index += 1) {
      order.set(bag);
      // a class that no row or every row has keeps its start
      const limits = shares[index] === 0 || shares[index] === 1 ? { ...params, numLeaves: 1 } : params;
      const tree = growTree(binned, derivatives[index], order.subarray(0, bag.length), sampler.featuresOf(rounds.length, index), limits, memory);
      if (tree.leafCount > 1) hasGrown = true;
      flattenTree(round, tree, binned, params.learningRate);
      if (outOfBag === undefined) addToScores(scores, tree, index, classes, params.learningRate);
    }
    if (!hasGrown && !sampler.isRandom) break; // no later round would find a split either
    const trees = round.build();
    if (outOfBag !== undefined) addTrees(trees, outOfBag, columns.length, scores, classes);
    rounds.push(trees);
    onIteration?.(rounds.length, params.numIterations);
    if (stopper?.isOver(trees)) break;
  }
  if (stopper !== undefined && params.earlyStoppingRound > 0) rounds.length = stopper.best();
  return { classes, start, trees: joinEnsembles(1, rounds), iterations: rounds.length };
}

/** Raw scores [rows × classes], row by row; `columns` in the order of the training features. */
export function predictScores(model: BoostedTrees, columns: readonly Float64Array[], rows: number): Float64Array {
  return sumTrees(model.trees, columns, rows, model.start);
}

/** Probabilities [rows × classes], row by row. */
export function predictBoosting(model: BoostedTrees, columns: readonly Float64Array[], rows: number): Float64Array {
  return softmaxRows(predictScores(model, columns, rows), model.classes);
}

/** Each class's share of the total weight. */
function classShares(classIndexes: Uint8Array, weights: Float64Array, classes: number): Float64Array {
  const shares = new Float64Array(classes);
  weights.forEach((weight, row) => {
    shares[classIndexes[row]] += weight;
  });
  const total = sum(shares);
  return shares.map((share) => share / total);
}

function sum(numbers: Float64Array): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function repeat(pattern: Float64Array, times: number): Float64Array {
  const repeated = new Float64Array(pattern.length * times);
  for (let i = 0; i < repeated.length; i += pattern.length) repeated.set(pattern, i);
  return repeated;
}
