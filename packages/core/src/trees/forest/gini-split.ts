// The best split of a node's rows on one feature by Gini impurity, over every place between two distinct values.
//
// With w_c the weight of class c on a side and w their sum, the impurity of the side is 1 - sum(w_c^2) / w^2. Weighted by w
// and added up over both sides, it is least where sum(w_c^2) / w, added up over both sides, is largest: the score below.
// Moving one row of weight v from right to left changes sum(w_c^2) by v (2 w_c ± v), so a place costs a few operations.
import type { RankSplit } from './node-operations.js';

/** A node's rows sorted by one feature. */
export interface SortedRows {
  readonly count: number;
  /** How many of them, at the end, miss the feature. */
  readonly missing: number;
  /** [count] ascending; missing values have one rank above all others. */
  readonly ranks: Int32Array;
  /** [count] positions of the rows in the node. */
  readonly rows: Int32Array;
}

export interface NodeClasses {
  /** [rows of the node] */
  readonly classIndexes: Uint8Array;
  /** [rows of the node] weight of each row in this tree. */
  readonly weights: Float64Array;
  /** [classes] weights in this node. */
  readonly totals: Float64Array;
  /** Fewest rows on a side. */
  readonly minRows: number;
  /** Least weight on a side. */
  readonly minWeight: number;
}

/** Puts the best split on `feature` into `best` where it scores higher. `left` and `right` are [classes], overwritten. */
export function findGiniSplit(best: RankSplit, feature: number, sorted: SortedRows, node: NodeClasses, left: Float64Array, right: Float64Array): void {
  // as scikit-learn does: all missing values to the right, then all to the left
  scan(best, feature, sorted, node, false, left, right);
  if (sorted.missing > 0) scan(best, feature, sorted, node, true, left, right);
}

function scan(best: RankSplit, feature: number, sorted: SortedRows, node: NodeClasses, isMissingLeft: boolean, left: Float64Array, right: Float64Array): void {
  const { ranks, rows, count, missing } = sorted;
  const { classIndexes, weights, totals, minRows, minWeight } = node;
  const present = count - missing;
  let bestScore = best.score + 0;
  for (let index = 0; index < left.length; index += 1) left[index] = 0;
  let leftWeight = 0;
  if (isMissingLeft) {
    for (let i = present; i < count; i += 1) {
      left[classIndexes[rows[i]]] += weights[rows[i]];
      leftWeight += weights[rows[i]];
    }
  }
  let leftSquares = 0;
  let rightSquares = 0;
  let rightWeight = 0;
  for (let index = 0; index < totals.length; index += 1) {
    right[index] = totals[index] - left[index];
    leftSquares += left[index] * left[index];
    rightSquares += right[index] * right[index];
    rightWeight += right[index];
  }
  const alreadyLeft = isMissingLeft ? missing : 0;
  // the last place has nothing but missing values on its right, if there are any
  const end = missing > 0 && !isMissingLeft ? present : present - 1;
  for (let i = 0; i < end; i += 1) {
    const index = classIndexes[rows[i]];
    const weight = weights[rows[i]];
    leftSquares += weight * (2 * left[index] + weight);
    rightSquares -= weight * (2 * right[index] - weight);
    left[index] += weight;
    right[index] -= weight;
    leftWeight += weight;
    rightWeight -= weight;
    if (ranks[i] === ranks[i + 1]) continue;
    const leftRows = i + 1 + alreadyLeft;
    if (leftRows < minRows || leftWeight < minWeight) continue;
    if (count - leftRows < minRows || rightWeight < minWeight) break;
    const score = leftSquares / leftWeight + rightSquares / rightWeight;
    if (score > bestScore && rightWeight > 0) {
      bestScore = score;
      best.score = score;
      best.feature = feature;
      best.leftRank = ranks[i];
      best.rightRank = i + 1 < present ? ranks[i + 1] : -1;
      best.isMissingLeft = missing > 0 ? isMissingLeft : leftRows >= count - leftRows;
    }
  }
}
