// What is known of a row before any member has looked at it: its offsets as probabilities, or the class shares of the training rows.
import type { TrainingData } from '../classifier.js';
import { softmaxRows } from '../../numeric/softmax.js';

/** Weighted class shares in CLASSES order. */
export function classShares(labels: Int8Array, weights: Float64Array): readonly number[] {
  const sums = [0, 0, 0];
  labels.forEach((label, row) => {
    sums[label + 1] += weights[row];
  });
  const total = sums[0] + sums[1] + sums[2];
  return sums.map((sum) => sum / total);
}

/** Probabilities [rows × 3]: the softmax of `offsets`, or `shares` in every row where there are none. */
export function rowPrior(rows: number, shares: readonly number[], offsets: TrainingData['offsets']): Float64Array {
  if (offsets !== undefined) return softmaxRows(Float64Array.from(offsets), 3);
  return Float64Array.from({ length: 3 * rows }, (_, i) => shares[i % 3]);
}
