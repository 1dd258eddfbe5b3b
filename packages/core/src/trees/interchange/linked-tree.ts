// A tree whose nodes name their children by number, as files store them, brought into depth-first order.
// The links are hostile input: none may lead outside, and no node may be reached twice, so that there is no cycle.
import type { ForecastLabError } from '../../errors.js';
import type { TreeEnsembleBuilder } from '../ensemble/tree-ensemble.js';

/** Node 0 is the root. */
export interface LinkedTree {
  /** [nodes] feature that a split compares, -1 for a leaf. */
  readonly features: Int32Array;
  /** [nodes] a value at or below it goes left; not read for a leaf. */
  readonly thresholds: Float64Array;
  /** [nodes] 1 when a missing value goes left. */
  readonly missingLeft: Uint8Array;
  /** [nodes] the children's numbers; not read for a leaf. */
  readonly lefts: ArrayLike<number>;
  readonly rights: ArrayLike<number>;
  /** [nodes] what weighs branches in SHAP values; read for leaves only: a split has the sum of its leaves. */
  readonly covers: Float64Array;
  /** [nodes] read for leaves only. */
  readonly values: Float64Array;
  /** [nodes] how much the split lowered the training loss; read for splits only. Default: 0, not known. */
  readonly gains?: ArrayLike<number>;
}

/** What a leaf without any training row weighs: SHAP values divide by covers. */
const SMALLEST_COVER = 1e-6;

/** Adds the nodes that can be reached from the root. `width`: number of features. Throws what `refuse` makes of a reason. */
export function addLinkedTree(builder: TreeEnsembleBuilder, tree: LinkedTree, width: number, refuse: (reason: string) => ForecastLabError): void {
  const { features, thresholds, missingLeft, rights, values, gains } = tree;
  const order = depthFirst(tree, width, refuse);
  const covers = subtreeCovers(tree, order);
  const places = new Int32Array(features.length); // of splits in the ensemble
  const splitBefore = new Int32Array(features.length).fill(-1); // the split whose right child a node is
  builder.beginTree();
  for (const node of order) {
    if (splitBefore[node] >= 0) builder.beginRight(places[splitBefore[node]]);
    if (features[node] < 0) {
      builder.addLeaf([values[node]], covers[node]);
    } else {
      places[node] = builder.addSplit(features[node], thresholds[node], missingLeft[node] === 1, covers[node], Math.max(0, gains?.[node] ?? 0));
      splitBefore[rights[node]] = node;
    }
  }
}

/** Every node that can be reached, parents first, left before right. */
function depthFirst({ features, lefts, rights }: LinkedTree, width: number, refuse: (reason: string) => ForecastLabError): Int32Array {
  const nodes = features.length;
  const order = new Int32Array(nodes);
  const isReached = new Uint8Array(nodes);
  const waiting = [0];
  isReached[0] = 1;
  let count = 0;
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    order[count] = node;
    count += 1;
    if (features[node] < 0) continue;
    if (features[node] >= width) throw refuse(`node ${node} splits on feature ${features[node]}, of ${width} from 0 on`);
    for (const child of [rights[node], lefts[node]]) {
      if (!Number.isInteger(child) || child < 0 || child >= nodes) throw refuse(`node ${node} has a child ${child} that is not there`);
      if (isReached[child] === 1) throw refuse(`node ${child} has more than one way to it`);
      isReached[child] = 1;
      waiting.push(child);
    }
  }
  return order.subarray(0, count);
}

/** The cover of each node: a split's is the sum of its leaves', in the order in which our own documents add them up. */
function subtreeCovers({ features, lefts, rights, covers }: LinkedTree, order: Int32Array): Float64Array {
  const sums = new Float64Array(features.length);
  for (let i = order.length - 1; i >= 0; i -= 1) {
    const node = order[i];
    sums[node] = features[node] < 0 ? Math.max(SMALLEST_COVER, covers[node]) : sums[lefts[node]] + sums[rights[node]];
  }
  return sums;
}
