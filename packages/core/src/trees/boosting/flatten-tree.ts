// From a grown tree, whose nodes know their rows and bins, to flat nodes with thresholds.
import type { BinnedMatrix } from '../binning/binned-matrix.js';
import type { GrownNode, GrownTree } from './grow-tree.js';
import { ABOVE_ALL } from '../ensemble/tree-ensemble.js';
import type { TreeEnsembleBuilder } from '../ensemble/tree-ensemble.js';

export interface FlattenOptions {
  /** What a leaf adds to the score. */
  readonly stepOf: (leaf: GrownNode) => number;
  /** Turns gains in steps into true ones. */
  readonly gainUnit: number;
}

/**
 * Adds a grown tree to an ensemble. Where training saw no missing value of a feature, a missing value goes to the side
 * with more rows (as in scikit-learn).
 */
export function flattenTree(builder: TreeEnsembleBuilder, tree: GrownTree, binned: BinnedMatrix, { stepOf, gainUnit }: FlattenOptions): void {
  builder.beginTree();
  // a stack rather than recursion: a tree may be thousands of splits deep
  const stack: { node: GrownNode; rightOf: number }[] = [{ node: tree.root, rightOf: -1 }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, rightOf } = next;
    if (rightOf >= 0) builder.beginRight(rightOf);
    if (node.split === undefined || node.left === undefined || node.right === undefined) {
      builder.addLeaf([stepOf(node)], node.end - node.begin);
      continue;
    }
    const { feature, bin, isMissingLeft, gain } = node.split;
    const isLearned = binned.missingBins[feature] >= 0;
    const threshold = Math.min(binned.bounds[feature][bin], ABOVE_ALL);
    const leftCount = node.left.end - node.left.begin;
    const rightCount = node.right.end - node.right.begin;
    const index = builder.addSplit(feature, threshold, isLearned ? isMissingLeft : leftCount >= rightCount, node.end - node.begin, gain * gainUnit);
    stack.push({ node: node.right, rightOf: index }, { node: node.left, rightOf: -1 });
  }
}

/** The leaves of a grown tree. */
export function leavesOf(tree: GrownTree): GrownNode[] {
  const leaves: GrownNode[] = [];
  const stack: GrownNode[] = [tree.root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.left !== undefined && node.right !== undefined) stack.push(node.right, node.left);
    else leaves.push(node);
  }
  return leaves;
}
