// The best split of a sorted node on one feature by entropy, over every place between two distinct values.
import { sideScore } from './criterion.js';
import type { NodeClasses, SortedRows } from './gini-split.js';
import type { RankSplit } from './node-operations.js';

/** Puts the best split on `feature` into `best` where it scores higher. `left` and `right` are [classes], overwritten. */
export function findEntropySplit(best: RankSplit, feature: number, sorted: SortedRows, node: NodeClasses, left: Float64Array, right: Float64Array): void {
  scan(best, feature, sorted, node, false, left, right);
  if (sorted.missing > 0) scan(best, feature, sorted, node, true, left, right);
}

function scan(best: RankSplit, feature: number, sorted: SortedRows, node: NodeClasses, isMissingLeft: boolean, left: Float64Array, right: Float64Array): void {
  const { ranks, rows, count, missing } = sorted;
  const { classIndexes, weights, totals, minRows, minWeight } = node;
  const present = count - missing;
  left.fill(0);
  right.set(totals);
  let leftWeight = 0;
  let rightWeight = totals.reduce((sum, weight) => sum + weight, 0);
  const move = (position: number): void => {
    const index = classIndexes[position];
    const weight = weights[position];
    left[index] += weight;
    right[index] -= weight;
    leftWeight += weight;
    rightWeight -= weight;
  };
  if (isMissingLeft) for (let i = present; i < count; i += 1) move(rows[i]);
  const alreadyLeft = isMissingLeft ? missing : 0;
  const end = missing > 0 && !isMissingLeft ? present : present - 1;
  for (let i = 0; i < end; i += 1) {
    move(rows[i]);
    if (ranks[i] === ranks[i + 1]) continue;
    const leftRows = i + 1 + alreadyLeft;
    if (leftRows < minRows || leftWeight < minWeight) continue;
    if (count - leftRows < minRows || rightWeight < minWeight) break;
    const score = sideScore('entropy', left, leftWeight) + sideScore('entropy', right, rightWeight);
    if (!(score > best.score && rightWeight > 0)) continue;
    best.score = score;
    best.feature = feature;
    best.leftRank = ranks[i];
    best.rightRank = i + 1 < present ? ranks[i + 1] : -1;
    best.isMissingLeft = missing > 0 ? isMissingLeft : leftRows >= count - leftRows;
  }
}
