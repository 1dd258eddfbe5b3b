// What both trainers check and prepare before they grow trees.
import { ForecastLabError, optionError } from '../errors.js';
import type { FeatureMatrix } from '../features/feature-table.js';

export interface TrainingRows {
  readonly matrix: FeatureMatrix;
  /** [rows] from 0 to classes - 1. */
  readonly classIndexes: Uint8Array;
  /** [rows], above zero. */
  readonly weights: Float64Array;
}

export interface RegressionRows {
  readonly matrix: FeatureMatrix;
  /** [rows] */
  readonly targets: Float64Array;
  /** [rows], above zero. */
  readonly weights: Float64Array;
  /** [rows × scores]; undefined when all are 0. */
  readonly offsets?: Float64Array;
}

/** Beyond this, squares of sums divided by tiny hessians come near the largest double. */
const MAX_TOTAL_WEIGHT = 1e50;

/** So that squared distances, weighted, stay far from the largest double. */
const MAX_TARGET = 1e50;

/** Class indexes are kept in bytes. */
const MAX_CLASSES = 256;

/** Throws BAD_OPTION unless `classes` is a usable number of classes. */
export function checkClasses(where: string, classes: number): void {
  if (!(Number.isInteger(classes) && classes >= 2 && classes <= MAX_CLASSES)) throw optionError(where, 'classes', `an integer from 2 to ${MAX_CLASSES}`, classes);
}

/** Throws BAD_OPTION unless `seed` is an integer of 32 bits. */
export function checkSeed(where: string, seed: number): void {
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)) throw optionError(where, 'seed', 'an integer from 0 to 4294967295', seed);
}

/**
 * Checked copies without the rows of weight zero, which are as if they were not there.
 * Throws BAD_DATA for lengths that differ, no rows, class indexes out of range, infinite features, and unusable weights.
 */
export function prepareTrainingRows(where: string, matrix: FeatureMatrix, classIndexes: ArrayLike<number>, classes: number, weights?: ArrayLike<number>): TrainingRows {
  const rule = `Class indexes must be integers from 0 to ${classes - 1}`;
  const rows = prepareRows(where, matrix, classIndexes, (index) => Number.isInteger(index) && index >= 0 && index < classes, rule, weights);
  return { matrix: rows.matrix, weights: rows.weights, classIndexes: Uint8Array.from(rows.targets) };
}

/** As prepareTrainingRows for numbers to predict: finite, none beyond 1e50. */
export function prepareRegressionRows(where: string, matrix: FeatureMatrix, targets: ArrayLike<number>, weights?: ArrayLike<number>): RegressionRows {
  return prepareRows(where, matrix, targets, (target) => Math.abs(target) <= MAX_TARGET, `Targets must be numbers from -${MAX_TARGET} to ${MAX_TARGET}`, weights);
}

type Refuse = (message: string, hint?: string) => never;

function prepareRows(where: string, matrix: FeatureMatrix, targets: ArrayLike<number>, accepts: (target: number) => boolean, rule: string, weights?: ArrayLike<number>): RegressionRows {
  const rows = matrix.length;
  const refuse: Refuse = (message, hint) => {
    throw new ForecastLabError('BAD_DATA', `${where}: ${message}`, hint === undefined ? {} : { hint });
  };
  if (rows === 0) refuse('There must be at least one training row. Got none.');
  if (matrix.columns.length === 0) refuse('There must be at least one feature. Got none.');
  if (targets.length !== rows) refuse(`There must be one label per row. Got ${targets.length} labels for ${rows} rows.`);
  if (weights !== undefined && weights.length !== rows) refuse(`There must be one weight per row. Got ${weights.length} weights for ${rows} rows.`);
  const kept = new Int32Array(rows);
  let count = 0;
  let total = 0;
  for (let row = 0; row < rows; row += 1) {
    if (!accepts(targets[row])) refuse(`${rule}. Got ${targets[row]} in row ${row}.`, 'Drop rows whose label or target is undefined or out of range.');
    const weight = weights === undefined ? 1 : weights[row];
    if (!(weight >= 0 && weight < Infinity)) refuse(`Weights must be finite and not negative. Got ${weight} in row ${row}.`, 'Give 0 to a row that is not to count.');
    if (weight > 0) {
      kept[count] = row;
      count += 1;
    }
    total += weight;
  }
  if (count === 0) refuse('At least one weight must be above zero. All are zero.');
  if (total > MAX_TOTAL_WEIGHT) refuse(`Weights must add up to at most ${MAX_TOTAL_WEIGHT}. Got ${total}.`);
  checkColumns(matrix, refuse);
  const ofKept = kept.subarray(0, count);
  return {
    matrix: count === rows ? matrix : { names: matrix.names, length: count, columns: matrix.columns.map((column) => Float64Array.from(ofKept, (row) => column[row])) },
    targets: Float64Array.from(ofKept, (row) => targets[row]),
    weights: Float64Array.from(ofKept, (row) => (weights === undefined ? 1 : weights[row])),
  };
}

function checkColumns(matrix: FeatureMatrix, refuse: Refuse): void {
  matrix.columns.forEach((column, feature) => {
    const name = JSON.stringify(matrix.names[feature]) ?? `number ${feature}`;
    if (column.length !== matrix.length) refuse(`Feature ${name} must have ${matrix.length} rows. Got ${column.length}.`);
    for (let row = 0; row < column.length; row += 1) {
      const value = column[row];
      if (value === Infinity || value === -Infinity) refuse(`Feature ${name} must be finite or NaN. Got ${value} in row ${row}.`, 'Turn infinite values into NaN (missing) or mend the feature.');
    }
  });
}
