// Grows one tree leaf by leaf: of all leaves the one whose best split gains most is split next, until there are numLeaves.
// Of two new leaves only the one with fewer rows has its histogram summed up; the other's is the parent's minus that.
import type { BinnedMatrix } from '../binning/binned-matrix.js';
import type { Derivatives } from './gradients.js';
import { createHistogram, fillHistogram, subtractHistogram } from './histogram.js';
import type { Histogram } from './histogram.js';
import { partitionRows } from './row-partition.js';
import { findBestSplit, leafOutput } from './split-search.js';
import type { LeafSums, Split, SplitLimits } from './split-search.js';

export interface GrowLimits extends SplitLimits {
  readonly numLeaves: number;
  /** Most splits between root and leaf; 0 or less: no limit. */
  readonly maxDepth: number;
}

/** A node of a grown tree: a split with two children, or a leaf with its rows and its output. */
export interface GrownNode {
  readonly count: number;
  /** Output before the learning rate; 0 for a tree that is a single leaf, which has nothing to add. */
  readonly output: number;
  /** Its stretch in `GrownTree.rows`. */
  readonly begin: number;
  readonly end: number;
  readonly split?: Split;
  readonly left?: GrownNode;
  readonly right?: GrownNode;
}

export interface GrownTree {
  readonly root: GrownNode;
  readonly leafCount: number;
  /** The rows it was grown on, grouped by leaf. */
  readonly rows: Int32Array;
}

/** Memory that all trees of a fit share. */
export interface GrowMemory {
  readonly spareRows: Int32Array;
  readonly freeHistograms: Histogram[];
}

/** A leaf while the tree grows. */
interface GrowingNode {
  count: number;
  output: number;
  begin: number;
  end: number;
  depth: number;
  sums: LeafSums;
  histogram?: Histogram | undefined;
  bestSplit?: Split | undefined;
  split?: Split;
  left?: GrowingNode;
  right?: GrowingNode;
}

/** Memory for trees on up to `rows` rows. */
export function createGrowMemory(rows: number): GrowMemory {
  return { spareRows: new Int32Array(rows), freeHistograms: [] };
}

/** Grows a tree on `rows` (reordered in place) with splits on `features` (ascending feature indexes). */
export function growTree(
  binned: BinnedMatrix,
  derivatives: Derivatives,
  rows: Int32Array,
  features: ArrayLike<number>,
  limits: GrowLimits,
  memory: GrowMemory,
): GrownTree {
  const takeHistogram = (): Histogram => memory.freeHistograms.pop() ?? createHistogram(binned.width);
  const release = (leaf: GrowingNode): void => {
    if (leaf.histogram !== undefined) memory.freeHistograms.push(leaf.histogram);
    leaf.histogram = undefined;
  };
  const seek = (leaf: GrowingNode): void => {
    leaf.bestSplit = findBestSplit(leaf.histogram as Histogram, binned, features, leaf.sums, limits);
    if (leaf.bestSplit === undefined) release(leaf);
  };
  const sumUp = (leaf: GrowingNode): void => {
    leaf.histogram = takeHistogram();
    fillHistogram(leaf.histogram, binned, derivatives, rows, leaf.begin, leaf.end);
  };
  const maySplit = (leaf: GrowingNode): boolean => leaf.count >= 2 * limits.minDataInLeaf && (limits.maxDepth <= 0 || leaf.depth < limits.maxDepth);

  const root = newLeaf(sumDerivatives(derivatives, rows), 0, rows.length, 0, limits);
  const leaves = [root];
  if (maySplit(root)) {
    sumUp(root);
    seek(root);
  }
  while (leaves.length < limits.numLeaves) {
    const place = placeOfBest(leaves);
    if (place < 0) break;
    const leaf = leaves[place];
    const [left, right] = splitLeaf(leaf, rows, binned, limits, memory);
    leaves[place] = left;
    leaves.push(right);
    if (leaves.length < limits.numLeaves && (maySplit(left) || maySplit(right))) {
      const [smaller, larger] = left.count < right.count ? [left, right] : [right, left];
      sumUp(smaller);
      larger.histogram = leaf.histogram;
      leaf.histogram = undefined;
      if (maySplit(larger)) {
        subtractHistogram(larger.histogram as Histogram, smaller.histogram as unknown as Histogram);
        seek(larger);
      } else {
        release(larger);
      }
      if (maySplit(smaller)) seek(smaller);
      else release(smaller);
    } else {
      release(leaf);
    }
  }
  for (const leaf of leaves) release(leaf);
  if (leaves.length === 1) root.output = 0;
  return { root, leafCount: leaves.length, rows };
}

function newLeaf(sums: LeafSums, begin: number, end: number, depth: number, limits: SplitLimits): GrowingNode {
  return { sums, begin, end, depth, count: end - begin, output: leafOutput(sums.gradient, sums.hessian, limits) };
}

/** Where the leaf with the largest gain stands, the first of equals; -1 when no leaf can be split. */
function placeOfBest(leaves: readonly GrowingNode[]): number {
  let place = -1;
  let largest = 0;
  leaves.forEach((leaf, i) => {
    if (leaf.bestSplit !== undefined && leaf.bestSplit.gain > largest) {
      largest = leaf.bestSplit.gain;
      place = i;
    }
  });
  return place;
}

function splitLeaf(leaf: GrowingNode, rows: Int32Array, binned: BinnedMatrix, limits: SplitLimits, memory: GrowMemory): [GrowingNode, GrowingNode] {
  const split = leaf.bestSplit as Split;
  const middle = partitionRows(rows, leaf.begin, leaf.end, binned, split, memory.spareRows);
  const left: LeafSums = { gradient: split.leftGradient, hessian: split.leftHessian, count: middle - leaf.begin };
  const right: LeafSums = {
    gradient: leaf.sums.gradient - split.leftGradient,
    hessian: leaf.sums.hessian - split.leftHessian,
    count: leaf.end - middle,
  };
  leaf.split = split;
  leaf.left = newLeaf(left, leaf.begin, middle, leaf.depth + 1, limits);
  leaf.right = newLeaf(right, middle, leaf.end, leaf.depth + 1, limits);
  return [leaf.left, leaf.right];
}

function sumDerivatives(derivatives: Derivatives, rows: Int32Array): LeafSums {
  let gradient = 0;
  let hessian = 0;
  for (let i = 0; i < rows.length; i += 1) {
    gradient += derivatives[2 * rows[i]];
    hessian += derivatives[2 * rows[i] + 1];
  }
  return { gradient, hessian, count: rows.length };
}
