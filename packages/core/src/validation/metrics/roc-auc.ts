// Area under the ROC curve, one class against the rest, as scikit-learn's roc_auc_score(multi_class='ovr') computes it: the chance
// that a row of the class gets the higher probability, ties counting half (Mann and Whitney 1947, by midranks).
import { checkLengths } from './classification-scores.js';

export interface RocAuc {
  /** Mean over the three classes; null when one of them is absent: then it is not defined. */
  readonly macro: number | null;
  /** [3] in CLASSES order; null for a class that has no rows or all rows. */
  readonly perClass: readonly (number | null)[];
}

/**
 * Areas of probabilities [rows × 3] against labels [rows] of -1, 0, 1. Throws BAD_DATA when they are empty or differ in length.
 * @example rocAuc([-1, 0, 1], Float64Array.of(0.8, 0.1, 0.1, 0.1, 0.8, 0.1, 0.1, 0.1, 0.8)).macro // 1
 */
export function rocAuc(labels: ArrayLike<number>, probabilities: Float64Array): RocAuc {
  checkLengths(labels.length, probabilities.length / 3, 'rows of probabilities');
  const perClass = [0, 1, 2].map((k) => areaOfClass(labels, probabilities, k));
  const defined = perClass.filter((area) => area !== null);
  return { macro: defined.length === 3 ? (defined[0] + defined[1] + defined[2]) / 3 : null, perClass };
}

function areaOfClass(labels: ArrayLike<number>, probabilities: Float64Array, k: number): number | null {
  const order = Int32Array.from({ length: labels.length }, (_, row) => row);
  order.sort((a, b) => probabilities[3 * a + k] - probabilities[3 * b + k]);
  let own = 0;
  let ranks = 0;
  for (let start = 0; start < order.length; ) {
    const value = probabilities[3 * order[start] + k];
    let end = start;
    let tiedOwn = 0;
    for (; end < order.length && probabilities[3 * order[end] + k] === value; end += 1) {
      if (labels[order[end]] === k - 1) tiedOwn += 1;
    }
    own += tiedOwn;
    ranks += tiedOwn * ((start + 1 + end) / 2);
    start = end;
  }
  const others = order.length - own;
  return own === 0 || others === 0 ? null : (ranks - (own * (own + 1)) / 2) / (own * others);
}
