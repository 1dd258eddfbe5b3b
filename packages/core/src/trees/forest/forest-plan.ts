// Everything that the trees of a forest depend on, checked and prepared once: plain data that worker threads can share.
import { optionError } from '../../errors.js';
import type { FeatureMatrix } from '../../features/feature-table.js';
import type { Random } from '../../numeric/random.js';
import { checkClasses, checkSeed, prepareTrainingRows } from '../training-rows.js';
import { balancedWeights, fixedClassWeights } from './class-weights.js';
import type { SplitTable } from './forest-memory.js';
import { checkForestParams } from './forest-options.js';
import type { ForestParams } from './forest-options.js';
import { rankByBin, rankMatrix } from './ranked-matrix.js';

export interface ForestPlan {
  readonly classes: number;
  readonly seed: number;
  readonly params: Required<ForestParams>;
  /** [rows kept] their numbers in the caller's matrix; rows of weight zero are left out. */
  readonly rows: Int32Array;
  /** [rows kept] */
  readonly classIndexes: Uint8Array;
  /** [rows kept] above zero, class weights included. */
  readonly weights: Float64Array;
  readonly table: SplitTable;
  /** How many rows are drawn for a tree; 0: no bootstrap, all rows once. */
  readonly drawCount: number;
}

export interface PlanOptions {
  readonly classes: number;
  readonly seed: number;
  readonly params?: ForestParams;
  readonly weights?: ArrayLike<number>;
  readonly oob?: boolean;
}

/** Checks what fitForest was given. Throws BAD_OPTION and BAD_DATA. */
export function planForest(where: string, matrix: FeatureMatrix, classIndexes: ArrayLike<number>, { classes, seed, params: given, weights, oob = false }: PlanOptions): ForestPlan {
  checkClasses(where, classes);
  checkSeed(where, seed);
  const params = checkForestParams(where, given);
  if (oob && !params.bootstrap) throw optionError(where, 'oob', 'false without bootstrap', true, 'Set `bootstrap` to true: else every tree knows every row.');
  const checked = prepareTrainingRows(where, matrix, classIndexes, classes, weights);
  const perClass = fixedClassWeights(where, params.classWeights, checked.classIndexes, classes);
  const full = Float64Array.from({ length: matrix.length }, (_, row) => (weights === undefined ? 1 : weights[row]) * perClass[classIndexes[row]]);
  const training = prepareTrainingRows(where, matrix, classIndexes, classes, full);
  const count = training.matrix.length;
  return {
    classes,
    seed,
    params,
    rows: Int32Array.from(full.keys()).filter((row) => full[row] > 0),
    classIndexes: training.classIndexes,
    weights: raiseTiny(training.weights),
    table: splitTable(training.matrix, params),
    drawCount: params.bootstrap ? drawCountOf(where, params.maxSamples, count) : refuseSamples(where, params.maxSamples),
  };
}

/** Squares of weights below this would be lost. */
const TINY_WEIGHT = 2 ** -300;
const RAISED = 2 ** 700;

/** The weights themselves, or, where even the largest is tiny, all of them times a power of two: a forest knows no unit of weight. */
function raiseTiny(weights: Float64Array): Float64Array {
  return weights.some((weight) => weight >= TINY_WEIGHT) ? weights : weights.map((weight) => weight * RAISED);
}

function splitTable(matrix: FeatureMatrix, { splitter, splitMode, maxBin }: Required<ForestParams>): SplitTable {
  if (splitter === 'random') return { kind: 'values', columns: matrix.columns };
  return { kind: 'ranks', ranked: splitMode === 'histogram' ? rankByBin(matrix, maxBin) : rankMatrix(matrix) };
}

function drawCountOf(where: string, maxSamples: number | null, rows: number): number {
  if (maxSamples === null) return rows;
  if (maxSamples > rows) throw optionError(where, 'maxSamples', `at most the number of training rows, ${rows}`, maxSamples);
  return maxSamples < 1 ? Math.max(1, Math.round(rows * maxSamples)) : maxSamples;
}

function refuseSamples(where: string, maxSamples: number | null): number {
  if (maxSamples !== null) throw optionError(where, 'maxSamples', 'null without bootstrap', maxSamples, 'Set `bootstrap` to true, or leave `maxSamples` out.');
  return 0;
}

/** [rows kept] how often each row is drawn for a tree. `random` must be the tree's own stream, at its beginning. */
export function drawRows({ drawCount, classIndexes }: ForestPlan, random: Random): Int32Array {
  const rows = classIndexes.length;
  const draws = new Int32Array(rows);
  if (drawCount === 0) return draws.fill(1);
  for (let i = 0; i < drawCount; i += 1) draws[random.integer(rows)] += 1;
  return draws;
}

/** [rows kept] weights in a tree whose rows were drawn so often. */
export function weighRows({ params, classes, classIndexes, weights }: ForestPlan, draws: Int32Array): Float64Array {
  const weighed = weights.map((weight, row) => weight * draws[row]);
  if (params.classWeights !== 'balanced-subsample') return weighed;
  const perClass = balancedWeights(classIndexes, classes, draws);
  return weighed.map((weight, row) => weight * perClass[classIndexes[row]]);
}
