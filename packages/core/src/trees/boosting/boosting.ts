// Gradient boosting of trees (Friedman 2001; LightGBM, Ke et al. 2017): what a fit is given and what it gives.
//
// Every row has a score, or one per class. Each round looks how the loss changes with each score (gradient: for classes
// the probability minus 1 for the row's class, minus 0 for others; hessian: how that changes in turn), grows one small
// tree per score whose leaves hold the step that lowers the loss most, and adds it, made smaller by the learning rate.
//
// The account goes on in boosting-rounds.ts (the loop), objectives/ (losses), quantize.ts, histogram.ts, split-search.ts and
// grow-tree.ts (one tree).
import { optionError } from '../../errors.js';
import type { FeatureMatrix } from '../../features/feature-table.js';
import type { TreeEnsemble } from '../ensemble/tree-ensemble.js';
import { MEMORY_LIMIT } from '../kernels/allocate-arrays.js';
import { checkClasses, checkSeed, prepareRegressionRows, prepareTrainingRows } from '../training-rows.js';
import type { RegressionRows } from '../training-rows.js';
import { JS_KERNELS } from './boosting-kernels.js';
import { checkBoostingParams } from './boosting-options.js';
import type { BoostingParams } from './boosting-options.js';
import { runRounds } from './boosting-rounds.js';
import { checkInitialModel } from './check-initial-model.js';
import { checkSameFeatures } from './early-stopping.js';
import type { ValidationData } from './early-stopping.js';
import type { ObjectiveName } from './objectives/objective.js';
import { checkRowOffsets } from './row-offsets.js';
import { releaseKernels, takeKernels } from './kernel-cache.js';
import type { KernelSet } from './wasm-kernels.js';

export interface BoostingOptions {
  /** Loss. Default: 'multiclass'. */
  readonly objective?: ObjectiveName;
  /** Number of classes, 2 to 256; needed for 'multiclass', 2 for 'binary', not used for regression. */
  readonly classes?: number;
  /** Hyper-parameters. Default: LightGBM's. */
  readonly params?: BoostingParams;
  /** [rows], finite, not negative, not all zero; a row of weight 0 is as if it were not there. Default: 1 each. */
  readonly weights?: ArrayLike<number>;
  /** Integer from 0 to 2^32-1; matters only when rows or features are drawn. Default: 0. */
  readonly seed?: number;
  /** [features] 1: more of the feature never lowers the score (of every class), -1: never raises it, 0: free. Default: all free. */
  readonly monotoneConstraints?: ArrayLike<number>;
  /**
   * [rows × scores], row by row, finite: what scores are before any tree, on top of the start (LightGBM's `init_score`). The model does not
   * hold them: give predictBoosting those of the rows to predict. With them `boostFromAverage` is not in force. Default: 0.
   */
  readonly offsets?: ArrayLike<number>;
  /** [scores] before any tree, instead of the average or 0; not in force with `initialModel`, whose start stays. */
  readonly start?: ArrayLike<number>;
  /** Rows whose loss early stopping watches. */
  readonly validation?: ValidationData;
  /** A model of the same objective and features to go on from (warm start): its trees stay, `numIterations` rounds come on top. */
  readonly initialModel?: BoostedTrees;
  /**
   * What does the work: 'wasm' (WebAssembly with SIMD), 'js', or 'auto': WebAssembly where the engine has it. All give the
   * same bits. Default: 'auto'.
   */
  readonly backend?: 'auto' | 'wasm' | 'js';
  /** Called after each round with the rounds done and `numIterations`; what it throws ends the fit. */
  readonly onIteration?: (done: number, total: number) => void;
}

/** A fitted model: each score of a row is its start + the sum of its trees. */
export interface BoostedTrees {
  /** 'multiclass': softmax of the scores; 'binary': sigmoid of the one score; 'regression': the score itself. */
  readonly objective: 'multiclass' | 'binary' | 'regression';
  /** Number of classes; 1 for regression. */
  readonly classes: number;
  /** [scores] before any tree: one per class for 'multiclass', else one. */
  readonly start: Float64Array;
  /** Tree t belongs to score t mod scores. */
  readonly trees: TreeEnsemble;
  /** Rounds kept. */
  readonly iterations: number;
}

/** A checked fit, ready to run on any kernels. */
export interface BoostingTask {
  readonly training: RegressionRows;
  readonly validation: RegressionRows | undefined;
  readonly objective: ObjectiveName;
  readonly classes: number;
  readonly params: Required<BoostingParams>;
  readonly constraints: Int8Array | undefined;
  readonly seed: number;
  readonly initialModel: BoostedTrees | undefined;
  readonly start: Float64Array | undefined;
  readonly onIteration: BoostingOptions['onIteration'];
}

/**
 * Fits boosted trees to `matrix` ([rows], NaN is missing) and `targets` ([rows]: class indexes from 0, or numbers for
 * regression). With one class only, the model is constant. Further fits on the same matrix object share its bins, so its
 * numbers must not be changed between them. Throws BAD_OPTION and BAD_DATA.
 */
export function fitBoosting(matrix: FeatureMatrix, targets: ArrayLike<number>, options: BoostingOptions): BoostedTrees {
  const task = checkBoostingTask(matrix, targets, options);
  const kernels = kernelsFor(options.backend ?? 'auto');
  try {
    return runRounds(task, kernels);
  } catch (error) {
    if (options.backend === 'wasm' || !isMemoryLimit(error)) throw error;
    return runRounds(task, { kernels: JS_KERNELS, memory: undefined });
  } finally {
    releaseKernels(kernels);
  }
}

/** True for the error of a fit that is too large for the memory of WebAssembly. */
export function isMemoryLimit(error: unknown): boolean {
  return error instanceof RangeError && error.message === MEMORY_LIMIT;
}

function kernelsFor(backend: NonNullable<BoostingOptions['backend']>): KernelSet {
  const wasm = backend === 'js' ? undefined : takeKernels();
  if (wasm === undefined && backend === 'wasm') {
    throw optionError('fitBoosting', 'backend', "'auto' or 'js' where the engine has no WebAssembly with SIMD", backend);
  }
  return wasm ?? { kernels: JS_KERNELS, memory: undefined };
}

/** Checks everything that a fit is given. Throws BAD_OPTION and BAD_DATA. */
export function checkBoostingTask(matrix: FeatureMatrix, targets: ArrayLike<number>, options: BoostingOptions): BoostingTask {
  const where = 'fitBoosting';
  const { objective = 'multiclass', seed = 0, validation, initialModel } = options;
  const classes = checkObjective(where, objective, options.classes);
  checkSeed(where, seed);
  const { backend = 'auto' } = options;
  if (backend !== 'auto' && backend !== 'wasm' && backend !== 'js') throw optionError(where, 'backend', "'auto', 'wasm' or 'js'", backend);
  const params = checkBoostingParams(where, options.params);
  if (params.earlyStoppingRound > 0 && validation === undefined) {
    throw optionError(where, 'earlyStoppingRound', '0 when there is no validation data', params.earlyStoppingRound, 'Give `validation`.');
  }
  const scores = objective === 'multiclass' ? classes : 1;
  const prepare = (name: string, of: FeatureMatrix, values: ArrayLike<number>, { weights, offsets }: Pick<BoostingOptions, 'weights' | 'offsets'>): RegressionRows => {
    const own = offsets && { offsets: checkRowOffsets(name, offsets, { rows: of.length, scores, weights }) };
    if (classes === 1) return { ...prepareRegressionRows(name, of, values, weights), ...own };
    const rows = prepareTrainingRows(name, of, values, classes, weights);
    return { matrix: rows.matrix, weights: rows.weights, targets: Float64Array.from(rows.classIndexes), ...own };
  };
  const training = prepare(where, matrix, targets, options);
  if (validation !== undefined) checkSameFeatures(`${where}: The validation data`, validation.matrix.names, matrix.names);
  if (initialModel !== undefined) checkInitialModel(where, initialModel, objective, classes, matrix.columns.length);
  return {
    training,
    validation: validation && prepare(`${where} (validation)`, validation.matrix, validation.targets, validation),
    objective,
    classes,
    params,
    constraints: checkConstraints(where, matrix.columns.length, options.monotoneConstraints),
    seed,
    initialModel,
    start: options.start && checkStart(where, options.start, scores),
    onIteration: options.onIteration,
  };
}

/** The number of classes; 1 for regression. */
function checkObjective(where: string, objective: unknown, classes: number | undefined): number {
  if (objective === 'squared' || objective === 'huber') return 1;
  if (objective !== 'multiclass' && objective !== 'binary') throw optionError(where, 'objective', "'multiclass', 'binary', 'squared' or 'huber'", objective);
  if (objective === 'binary' && classes === undefined) return 2;
  if (objective === 'binary' && classes !== 2) throw optionError(where, 'classes', '2 for the binary objective', classes);
  checkClasses(where, classes as number);
  return classes as number;
}

function checkStart(where: string, start: ArrayLike<number>, scores: number): Float64Array {
  const checked = Float64Array.from(start);
  if (checked.length !== scores || !checked.every(Number.isFinite)) throw optionError(where, 'start', `${scores} finite number${scores === 1 ? '' : 's'}, one per score`, checked.join(' '));
  return checked;
}

function checkConstraints(where: string, width: number, given: ArrayLike<number> | undefined): Int8Array | undefined {
  if (given === undefined) return undefined;
  const constraints = Array.from(given);
  if (constraints.length !== width || !constraints.every((sign) => sign === -1 || sign === 0 || sign === 1)) {
    throw optionError(where, 'monotoneConstraints', `${width} numbers of -1, 0 or 1, one per feature`, constraints.join(' '));
  }
  return constraints.some((sign) => sign !== 0) ? Int8Array.from(constraints) : undefined;
}
