// Grows one tree of a forest: depth first, or best first where the number of leaves is limited.
import type { TreeEnsembleBuilder } from '../ensemble/tree-ensemble.js';
import { impurityOf, sideScore } from './criterion.js';
import type { NodeOperations } from './node-operations.js';
import type { FoundSplit, SearchOptions, SplitSearch } from './split-search.js';

export interface TreeLimits extends SearchOptions {
  readonly maxDepth: number;
  readonly minSamplesSplit: number;
  readonly minImpurityDecrease: number;
  /** Infinity: no limit, depth first. */
  readonly maxLeafNodes: number;
}

/** A node that was looked at. Its rows are `sample[begin]` to `sample[begin + count - 1]`. */
interface Node {
  readonly begin: number;
  readonly count: number;
  readonly depth: number;
  /** How often its rows were drawn. */
  readonly cover: number;
  /** The best split; undefined for a leaf. */
  readonly split: Readonly<FoundSplit> | undefined;
  /** Decrease of the impurity by the split, weighted by the node's share of the tree. */
  readonly decrease: number;
}

/** An impurity at or below this counts as pure, as in scikit-learn. */
const PURE = 2 ** -52;

/** Grows a tree on the `rows` rows of `sample` and adds it to `builder`; a leaf holds the class shares of its weight, its cover is the number of draws.
 * The gain of a split is the impurity that it takes away, times the node's share of the weight: what scikit-learn adds up. */
export function growForestTree(builder: TreeEnsembleBuilder, operations: NodeOperations, search: SplitSearch, limits: TreeLimits, rows: number): void {
  const look = createLook(operations, search, limits);
  builder.beginTree();
  if (limits.maxLeafNodes === Infinity) growDepthFirst(builder, operations, look, rows);
  else growBestFirst(builder, operations, look, rows, limits.maxLeafNodes);
}

type Look = (begin: number, count: number, depth: number) => Node;

/** Sums up a node, whose class weights stay in `totals`, and seeks its split. The root is to be looked at first. */
function createLook(operations: NodeOperations, search: SplitSearch, limits: TreeLimits): Look {
  const { totals } = operations.memory.arrays;
  let rootWeight = 0;
  return (begin, count, depth) => {
    const cover = operations.enterNode(begin, count);
    let weight = 0;
    for (let index = 0; index < totals.length; index += 1) weight += totals[index];
    if (depth === 0) rootWeight = weight;
    const score = sideScore(limits.criterion, totals, weight);
    const maySplit =
      depth < limits.maxDepth &&
      count >= limits.minSamplesSplit &&
      count >= 2 * limits.minRows &&
      weight >= 2 * limits.minWeight &&
      impurityOf(limits.criterion, score, weight) > PURE;
    const split = maySplit ? search(begin, count) : undefined;
    const decrease = split === undefined ? 0 : (split.score - score) / rootWeight;
    const isWorth = decrease + PURE >= limits.minImpurityDecrease;
    return { begin, count, depth, cover, split: isWorth ? split : undefined, decrease };
  };
}

/** Class shares of the node that was looked at last, in `totals`. */
function sharesOf({ memory }: NodeOperations): Float64Array {
  const { totals } = memory.arrays;
  let weight = 0;
  for (let index = 0; index < totals.length; index += 1) weight += totals[index];
  for (let index = 0; index < totals.length; index += 1) totals[index] /= weight;
  return totals;
}

/** Puts the rows of the left child first; returns how many. */
function divide(operations: NodeOperations, { begin, count }: Node, { feature, leftRank, threshold, isMissingLeft }: Readonly<FoundSplit>): number {
  return operations.memory.table.kind === 'ranks'
    ? operations.partitionByRank(feature, begin, count, leftRank, isMissingLeft)
    : operations.partitionByValue(feature, begin, count, threshold, isMissingLeft);
}

function growDepthFirst(builder: TreeEnsembleBuilder, operations: NodeOperations, look: Look, rows: number): void {
  const stack = [{ begin: 0, count: rows, depth: 0, rightOf: -1 }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { begin, count, depth, rightOf } = next;
    if (rightOf >= 0) builder.beginRight(rightOf);
    const node = look(begin, count, depth);
    if (node.split === undefined) {
      builder.addLeaf(sharesOf(operations), node.cover);
      continue;
    }
    const split = builder.addSplit(node.split.feature, node.split.threshold, node.split.isMissingLeft, node.cover, Math.max(0, node.decrease));
    const left = divide(operations, node, node.split);
    stack.push({ begin: begin + left, count: count - left, depth: depth + 1, rightOf: split }, { begin, count: left, depth: depth + 1, rightOf: -1 });
  }
}

/** A node that may get children. */
interface OpenNode extends Node {
  /** [classes] */
  readonly shares: Float64Array;
  left?: OpenNode;
  right?: OpenNode;
}

/** Of all leaves that could be split, the one whose split decreases the impurity most is split next; of equals the older one. */
function growBestFirst(builder: TreeEnsembleBuilder, operations: NodeOperations, look: Look, rows: number, maxLeafNodes: number): void {
  const keep = (node: Node): OpenNode => ({ ...node, ...(node.split && { split: { ...node.split } }), shares: sharesOf(operations).slice() });
  const root = keep(look(0, rows, 0));
  const open = [root]; // ascending by decrease, of equals the older one last
  for (let leaves = 1; leaves < maxLeafNodes; leaves += 1) {
    const node = open.pop();
    if (node?.split === undefined) break; // none left, or the root is a leaf
    const left = divide(operations, node, node.split);
    node.left = keep(look(node.begin, left, node.depth + 1));
    node.right = keep(look(node.begin + left, node.count - left, node.depth + 1));
    for (const child of [node.left, node.right]) if (child.split !== undefined) open.splice(placeAmong(open, child.decrease), 0, child);
  }
  addNodes(builder, root);
}

/** How many of `open` decrease the impurity by less. */
function placeAmong(open: readonly Node[], decrease: number): number {
  let low = 0;
  let high = open.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (open[middle].decrease < decrease) low = middle + 1;
    else high = middle;
  }
  return low;
}

function addNodes(builder: TreeEnsembleBuilder, root: OpenNode): void {
  const stack: { node: OpenNode; rightOf: number }[] = [{ node: root, rightOf: -1 }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, rightOf } = next;
    if (rightOf >= 0) builder.beginRight(rightOf);
    if (node.split === undefined || node.left === undefined || node.right === undefined) {
      builder.addLeaf(node.shares, node.cover);
      continue;
    }
    const split = builder.addSplit(node.split.feature, node.split.threshold, node.split.isMissingLeft, node.cover, Math.max(0, node.decrease));
    stack.push({ node: node.right, rightOf: split }, { node: node.left, rightOf: -1 });
  }
}
