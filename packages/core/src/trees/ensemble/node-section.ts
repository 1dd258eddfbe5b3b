// Nodes of large trees, 8 bytes each: which rank to compare, with what, and where the children are. Children stand side by
// side, so that the outcome of the comparison is added to the place of the left one, and a leaf is its own child: rows can
// be walked side by side for as long as one of them still moves, without a branch that depends on the data.
import { nodesEnd } from './nodes-end.js';
import type { ThresholdRanks } from './threshold-ranks.js';
import type { TreeEnsemble } from './tree-ensemble.js';

export interface NodeSection {
  readonly kind: 'nodes';
  readonly trees: number;
  /** Numbers per leaf. */
  readonly outputs: number;
  /** [trees] index of each tree's root. */
  readonly roots: Int32Array;
  /** [nodes × 2] low half of the first word: bytes to the row's rank; high half: the rank above which it goes right. Second word: bytes from the root to the left child. */
  readonly nodes: Int32Array;
  /** [nodes] for a leaf: where its numbers begin in `values`. */
  readonly leafValues: Int32Array;
  readonly values: Float64Array;
}

/** Bytes from one rank of a row to its next, 8 rows lying side by side in 16 bits each. */
export const RANK_STEP = 16;
export const NODE_BYTES = 8;

/** Places of ranks must fit in 16 bits; each feature has two. */
const MOST_FEATURES = 65_536 / RANK_STEP / 2;

/** A rank that no value's is above. */
const NEVER_RIGHT = 65_535;

/** The section of the trees from `begin` up to `end`; undefined when they use too many features. */
export function createNodeSection(ensemble: TreeEnsemble, begin: number, end: number, ranked: ThresholdRanks): NodeSection | undefined {
  if (ranked.features.length > MOST_FEATURES) return undefined;
  const firstNode = ensemble.roots[begin];
  const nodeCount = nodesEnd(ensemble, end - 1) - firstNode;
  const roots = Int32Array.from(ensemble.roots.subarray(begin, end), (root) => root - firstNode);
  const nodes = new Int32Array(nodeCount * 2);
  const leafValues = new Int32Array(nodeCount);
  const values: number[] = [];
  for (let tree = begin; tree < end; tree += 1) {
    const order = new Int32Array(nodesEnd(ensemble, tree) - ensemble.roots[tree]); // level by level
    order[0] = ensemble.roots[tree];
    let known = 1;
    order.forEach((node, at) => {
      const to = roots[tree - begin] + at;
      if (ensemble.features[node] < 0) {
        nodes[2 * to] = NEVER_RIGHT << 16;
        nodes[2 * to + 1] = at * NODE_BYTES;
        leafValues[to] = values.length;
        for (let i = 0; i < ensemble.outputs; i += 1) values.push(ensemble.values[ensemble.rights[node] + i]);
        return;
      }
      const slot = 2 * ranked.places[node - firstNode] + (ensemble.missingLeft[node] === 1 ? 0 : 1);
      nodes[2 * to] = (slot * RANK_STEP) | (ranked.ranks[node - firstNode] << 16);
      nodes[2 * to + 1] = known * NODE_BYTES;
      order[known] = node + 1;
      order[known + 1] = ensemble.rights[node];
      known += 2;
    });
  }
  return { kind: 'nodes', trees: end - begin, outputs: ensemble.outputs, roots, nodes, leafValues, values: Float64Array.from(values) };
}
