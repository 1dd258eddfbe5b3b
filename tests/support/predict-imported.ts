// What an imported model says of rows: probabilities [rows × classes], or the score itself of a regression.
import { exp } from '../../packages/core/src/numeric/exp.js';
import { softmaxRows } from '../../packages/core/src/numeric/softmax.js';
import { sumTrees } from '../../packages/core/src/trees/ensemble/predict.js';
import type { ImportedTrees } from '../../packages/core/src/trees/interchange/imported-model.js';

export function predictImported(model: ImportedTrees, columns: readonly Float64Array[], rows: number): Float64Array {
  const scores = sumTrees(model.trees, columns, rows, model.start);
  if (model.objective === 'multiclass') return softmaxRows(scores, model.classes);
  if (model.objective === 'regression') return scores;
  return Float64Array.from({ length: 2 * rows }, (_, i) => 1 / (1 + exp(i % 2 === 1 ? -scores[i >> 1] : scores[i >> 1])));
}

/** The columns named `names` of CSV rows; an empty cell is NaN. */
export function csvColumns(rows: readonly Record<string, string>[], names: readonly string[]): Float64Array[] {
  return names.map((name) => Float64Array.from(rows, (row) => (row[name] === '' ? Number.NaN : Number(row[name]))));
}

/** Row `row` of columns. */
export function rowOf(columns: readonly Float64Array[], row: number): Float64Array {
  return Float64Array.from(columns, (column) => column[row]);
}

/** The largest distance of two arrays' numbers; Infinity when their lengths differ or a number is NaN. */
export function largestDistance(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (got.length !== expected.length) return Infinity;
  return Array.from(got).reduce((largest, value, i) => (Math.abs(value - expected[i]) <= largest ? largest : Number.isNaN(value - expected[i]) ? Infinity : Math.abs(value - expected[i])), 0);
}
