// Sample weights of (T, X) labels by their average uniqueness: rows whose windows overlap are not independent.
// (López de Prado, Advances in Financial Machine Learning, 2018, 4.4; scaled so that regularisation keeps its meaning.)
import { optionError } from '../../errors.js';
import { averageUniqueness } from './average-uniqueness.js';

/** Rows and the ends of their labels, as `trainingRows` gives them. */
export interface UniquenessWeightRows {
  /** [rows] bar index of each row; its label uses the bars after it. */
  readonly rows: ArrayLike<number>;
  /** [rows] index of the last bar that each row's label uses. */
  readonly spanEnd: ArrayLike<number>;
}

/**
 * One weight per row, above 0, with mean 1: the average uniqueness of the row's label, which uses the bars from t+1 to
 * `spanEnd`, among the labels of these rows alone. Give it the purged training rows of one fold: a row of the test would
 * else take part. Costs O(rows + bars). Flawed labels (`window: 'trailing'`) look back, which this does not count.
 * @throws BAD_OPTION for columns of different lengths, a row without a label, an index that is no bar
 * @example uniquenessWeights({ rows: [0, 1, 5], spanEnd: [2, 3, 7] }) // 0.9, 0.9, 1.2
 */
export function uniquenessWeights({ rows, spanEnd }: UniquenessWeightRows): Float64Array {
  if (rows.length !== spanEnd.length) throw optionError('uniquenessWeights', 'spanEnd', `of one value per row (${rows.length})`, spanEnd.length);
  const spanStart = new Float64Array(rows.length);
  for (let row = 0; row < rows.length; row += 1) {
    if (!Number.isInteger(rows[row]) || rows[row] < 0) throw optionError('uniquenessWeights', 'rows', `of bar indices, integers from 0 (row ${row})`, rows[row]);
    if (!(spanEnd[row] > rows[row])) {
      throw optionError('uniquenessWeights', 'spanEnd', `after the row's own bar, ${rows[row]} (row ${row})`, spanEnd[row], 'A row without a label has the span end -1: leave such rows out.');
    }
    spanStart[row] = rows[row] + 1;
  }
  const weights = averageUniqueness({ spanStart, spanEnd });
  let total = 0;
  for (const weight of weights) total += weight;
  return weights.map((weight) => (weight * weights.length) / total);
}
