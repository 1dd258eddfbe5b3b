// Grows one tree. Leaf by leaf (as LightGBM): of all leaves the one whose best split gains most is split next. Depth by
// depth: of the leaves nearest to the root. Either way until there are numLeaves, or no split gains anything.
// Of two new leaves only the one with fewer rows has its histogram summed up; the other's is the parent's minus that.
import type { BoostingKernels } from './boosting-kernels.js';
import { findConstrainedSplit, narrowBounds, UNBOUNDED } from './constrained-split.js';
import type { MonotoneConstraints, OutputBounds } from './constrained-split.js';
import type { FeatureGroups } from './feature-groups.js';
import { HISTOGRAM_STRIDE } from './histogram.js';
import type { HistogramPool } from './histogram-pool.js';
import type { LeafSums, Split, StepLimits } from './split-search.js';

/** What all trees of a fit are grown with. */
export interface GrowSite {
  readonly kernels: BoostingKernels;
  readonly groups: FeatureGroups;
  /** Room for as many rows as a tree is grown on. */
  readonly spareRows: Int32Array;
  readonly histograms: HistogramPool;
}

/** What one tree is grown on. */
export interface GrowData {
  /** [all rows] hessian and gradient in steps. */
  readonly pairs: Int32Array;
  /** The tree's rows; they end up grouped by leaf. */
  readonly rows: Int32Array;
  /** True when `rows` are the numbers from 0 on. */
  readonly isEveryRow: boolean;
  /** Ascending. */
  readonly features: Int32Array;
}

export interface GrowLimits extends StepLimits {
  readonly numLeaves: number;
  /** Most splits between root and leaf; 0 or less: no limit. */
  readonly maxDepth: number;
  readonly growPolicy: 'leaf-wise' | 'depth-wise';
  readonly constraints?: MonotoneConstraints | undefined;
}

/** A node of a grown tree: a split with two children, or a leaf with its rows. */
export interface GrownNode {
  /** Its stretch in `GrownTree.rows`. */
  readonly begin: number;
  readonly end: number;
  readonly bounds: OutputBounds;
  readonly split?: Split;
  readonly left?: GrownNode;
  readonly right?: GrownNode;
}

export interface GrownTree {
  readonly root: GrownNode;
  readonly leafCount: number;
  readonly rows: Int32Array;
}

/** A leaf while the tree grows. */
interface GrowingNode {
  begin: number;
  end: number;
  depth: number;
  bounds: OutputBounds;
  sums: LeafSums;
  /** Kept until the leaf is split; undefined when there is no room to keep it, or no use. */
  histogram?: Int32Array | undefined;
  bestSplit?: Split | undefined;
  split?: Split;
  left?: GrowingNode;
  right?: GrowingNode;
}

/** Grows a tree. Limits are in steps. */
export function growTree(site: GrowSite, data: GrowData, limits: GrowLimits): GrownTree {
  const { kernels, groups, histograms } = site;
  const { pairs, rows } = data;
  const maySplit = (leaf: GrowingNode): boolean => leaf.end - leaf.begin >= 2 * limits.minRows && (limits.maxDepth <= 0 || leaf.depth < limits.maxDepth);
  const sumUp = (leaf: GrowingNode): Int32Array => {
    const histogram = histograms.take();
    kernels.fillHistogram(histogram, groups, pairs, leaf === root && data.isEveryRow ? undefined : rows, leaf.begin, leaf.end);
    return histogram;
  };
  /** Seeks the leaf's best split and keeps the histogram if that can be of use later. */
  const seek = (leaf: GrowingNode, histogram: Int32Array): void => {
    if (maySplit(leaf)) {
      leaf.bestSplit =
        limits.constraints === undefined
          ? kernels.findBestSplit(histogram, groups, data.features, leaf.sums, limits)
          : findConstrainedSplit(histogram, groups, data.features, leaf, limits, limits.constraints);
    }
    if (leaf.bestSplit !== undefined && histograms.mayKeep()) leaf.histogram = histogram;
    else histograms.release(histogram);
  };
  /** Seeks the best splits of two new leaves; `parent`: their parent's histogram, if it was kept. */
  const seekBoth = (left: GrowingNode, right: GrowingNode, parent: Int32Array | undefined): void => {
    const [smaller, larger] = left.end - left.begin < right.end - right.begin ? [left, right] : [right, left];
    if (!maySplit(larger)) {
      if (parent !== undefined) histograms.release(parent);
      return; // nor may the smaller one
    }
    if (parent === undefined) {
      seek(larger, sumUp(larger));
      if (maySplit(smaller)) seek(smaller, sumUp(smaller));
      return;
    }
    const histogram = sumUp(smaller);
    kernels.subtractHistogram(parent, histogram);
    seek(larger, parent);
    seek(smaller, histogram);
  };

  const root: GrowingNode = { begin: 0, end: rows.length, depth: 0, bounds: UNBOUNDED, sums: { gradient: 0, hessian: 0, count: rows.length } };
  const leaves = [root];
  if (maySplit(root) && data.features.length > 0) {
    const histogram = sumUp(root);
    root.sums = sumOfFeature(histogram, rows.length);
    seek(root, histogram);
  }
  while (leaves.length < limits.numLeaves) {
    const place = placeOfNext(leaves, limits.growPolicy);
    if (place < 0) break;
    const leaf = leaves[place];
    const [left, right] = splitLeaf(leaf, data, site, limits);
    leaves[place] = left;
    leaves.push(right);
    const { histogram } = leaf;
    leaf.histogram = undefined;
    if (leaves.length < limits.numLeaves) seekBoth(left, right, histogram);
    else if (histogram !== undefined) histograms.release(histogram);
  }
  for (const { histogram } of leaves) if (histogram !== undefined) histograms.release(histogram);
  return { root, leafCount: leaves.length, rows };
}

/** The sums over all bins of one feature are those over all rows. */
function sumOfFeature(histogram: Int32Array, count: number): LeafSums {
  let gradient = 0;
  let hessian = 0;
  for (let at = 0; at < HISTOGRAM_STRIDE; at += 2) {
    hessian = (hessian + histogram[at]) | 0;
    gradient = (gradient + histogram[at + 1]) | 0;
  }
  return { gradient, hessian, count };
}

/** Where the leaf that is split next stands, the first of equals; -1 when no leaf can be split. */
function placeOfNext(leaves: readonly GrowingNode[], growPolicy: GrowLimits['growPolicy']): number {
  let place = -1;
  let largest = 0;
  let depth = Infinity;
  for (let i = 0; i < leaves.length; i += 1) {
    const leaf = leaves[i];
    if (leaf.bestSplit === undefined) continue;
    const { gain } = leaf.bestSplit;
    const isNearer = growPolicy === 'depth-wise' && leaf.depth < depth;
    if (isNearer || (gain > largest && (growPolicy === 'leaf-wise' || leaf.depth === depth))) {
      largest = gain;
      depth = leaf.depth;
      place = i;
    }
  }
  return place;
}

function splitLeaf(leaf: GrowingNode, { rows }: GrowData, { kernels, groups, spareRows }: GrowSite, limits: GrowLimits): [GrowingNode, GrowingNode] {
  const split = leaf.bestSplit as Split;
  const { begin, end, sums } = leaf;
  const middle = kernels.partitionRows(rows, begin, end, groups, split, spareRows);
  const left: LeafSums = { gradient: split.leftGradient, hessian: split.leftHessian, count: middle - begin };
  const right: LeafSums = { gradient: sums.gradient - split.leftGradient, hessian: sums.hessian - split.leftHessian, count: end - middle };
  const [leftBounds, rightBounds] = limits.constraints === undefined ? [UNBOUNDED, UNBOUNDED] : narrowBounds(leaf.bounds, split.feature, left, right, limits, limits.constraints);
  const depth = leaf.depth + 1;
  leaf.split = split;
  leaf.bestSplit = undefined;
  leaf.left = { begin, end: middle, depth, bounds: leftBounds, sums: left };
  leaf.right = { begin: middle, end, depth, bounds: rightBounds, sums: right };
  return [leaf.left, leaf.right];
}
