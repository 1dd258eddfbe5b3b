// From a grown tree, whose nodes know their rows and bins, to flat nodes with thresholds.
import type { BinnedMatrix } from '../binning/binned-matrix.js';
import type { GrownNode, GrownTree } from './grow-tree.js';
import { ABOVE_ALL } from '../ensemble/tree-ensemble.js';
import type { TreeEnsembleBuilder } from '../ensemble/tree-ensemble.js';

/**
 * Adds a grown tree to an ensemble; outputs are multiplied with the learning rate. Where training saw no missing value
 * of a feature, a missing value goes to the side with more rows (as in scikit-learn).
 */
export function flattenTree(builder: TreeEnsembleBuilder, tree: GrownTree, binned: BinnedMatrix, learningRate: number): void {
  builder.beginTree();
  // a stack rather than recursion: a tree may be thousands of splits deep
  const stack: { node: GrownNode; rightOf: number }[] = [{ node: tree.root, rightOf: -1 }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, rightOf } = next;
    if (rightOf >= 0) builder.beginRight(rightOf);
    if (node.split === undefined || node.left === undefined || node.right === undefined) {
      builder.addLeaf([node.output * learningRate], node.count);
      continue;
    }
    const { feature, bin, isMissingLeft, gain } = node.split;
    const isLearned = binned.missingBins[feature] >= 0;
    const threshold = Math.min(binned.bounds[feature][bin], ABOVE_ALL);
    const index = builder.addSplit(feature, threshold, isLearned ? isMissingLeft : node.left.count >= node.right.count, node.count, gain);
    stack.push({ node: node.right, rightOf: index }, { node: node.left, rightOf: -1 });
  }
}

/** Adds a grown tree's outputs to the scores [rows × classes] of the rows that it was grown on. */
export function addToScores(scores: Float64Array, tree: GrownTree, classIndex: number, classes: number, learningRate: number): void {
  const stack: GrownNode[] = [tree.root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.left !== undefined && node.right !== undefined) {
      stack.push(node.left, node.right);
      continue;
    }
    const step = node.output * learningRate;
    for (let i = node.begin; i < node.end; i += 1) scores[tree.rows[i] * classes + classIndex] += step;
  }
}
