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

/** Beyond this, squares of sums divided by tiny hessians come near the largest double. */
const MAX_TOTAL_WEIGHT = 1e50;

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
  const rows = matrix.length;
  const refuse = (message: string, hint?: string): never => {
    throw new ForecastLabError('BAD_DATA', `${where}: ${message}`, hint === undefined ? {} : { hint });
  };
  if (rows === 0) refuse('There must be at least one training row. Got none.');
  if (matrix.columns.length === 0) refuse('There must be at least one feature. Got none.');
  if (classIndexes.length !== rows) refuse(`There must be one label per row. Got ${classIndexes.length} labels for ${rows} rows.`);
  if (weights !== undefined && weights.length !== rows) refuse(`There must be one weight per row. Got ${weights.length} weights for ${rows} rows.`);
  const kept: number[] = [];
  let total = 0;
  for (let row = 0; row < rows; row += 1) {
    const index = classIndexes[row];
    if (!(Number.isInteger(index) && index >= 0 && index < classes)) refuse(`Class indexes must be integers from 0 to ${classes - 1}. Got ${index} in row ${row}.`, 'Drop rows whose label is undefined.');
    const weight = weights === undefined ? 1 : weights[row];
    if (!(weight >= 0 && weight < Infinity)) refuse(`Weights must be finite and not negative. Got ${weight} in row ${row}.`);
    if (weight > 0) kept.push(row);
    total += weight;
  }
  if (kept.length === 0) refuse('At least one weight must be above zero. All are zero.');
  if (total > MAX_TOTAL_WEIGHT) refuse(`Weights must add up to at most ${MAX_TOTAL_WEIGHT}. Got ${total}.`);
  checkColumns(matrix, refuse);
  return {
    matrix: kept.length === rows ? matrix : { names: matrix.names, length: kept.length, columns: matrix.columns.map((column) => Float64Array.from(kept, (row) => column[row])) },
    classIndexes: Uint8Array.from(kept, (row) => classIndexes[row]),
    weights: Float64Array.from(kept, (row) => (weights === undefined ? 1 : weights[row])),
  };
}

function checkColumns(matrix: FeatureMatrix, refuse: (message: string, hint?: string) => never): void {
  matrix.columns.forEach((column, feature) => {
    const name = JSON.stringify(matrix.names[feature]) ?? `number ${feature}`;
    if (column.length !== matrix.length) refuse(`Feature ${name} must have ${matrix.length} rows. Got ${column.length}.`);
    for (let row = 0; row < column.length; row += 1) {
      const value = column[row];
      if (value === Infinity || value === -Infinity) refuse(`Feature ${name} must be finite or NaN. Got ${value} in row ${row}.`, 'Turn infinite values into NaN (missing) or mend the feature.');
    }
  });
}
