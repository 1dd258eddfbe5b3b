// Node sections in JavaScript: the same steps, and so the same bits, as rankPairs and addWalked of
// packages/core/assembly/prediction.ts. Four rows at a time: V8 has registers for no more.
import { NODE_BYTES, RANK_STEP } from './node-section.js';
import type { NodeSection } from './node-section.js';

export interface NodeArrays extends Pick<NodeSection, 'roots' | 'nodes' | 'leafValues' | 'values'> {
  readonly thresholds: Float64Array;
  readonly starts: Int32Array;
  /** [features × rows] */
  readonly data: Float64Array;
  /** [rows / 8][features][2][8]: of the two, a missing value is left of all splits in the first and right of all in the second. */
  readonly ranks: Uint16Array;
  /** [rows × scores] */
  readonly sums: Float64Array;
}

/** A rank above that of every split. */
const RIGHT_OF_ALL = 65_535;
const ROWS_PER_GROUP = 8;
const WORDS_PER_NODE = NODE_BYTES / 4;

/** Ranks of `data`. */
export function rankPairs({ data, ranks, starts, thresholds }: NodeArrays, rows: number): void {
  const features = starts.length - 1;
  for (let feature = 0; feature < features; feature += 1) {
    const begin = starts[feature];
    for (let row = 0; row < rows; row += 1) {
      const x = data[feature * rows + row];
      let base = begin;
      for (let left = starts[feature + 1] - begin; left > 1;) {
        const half = left >> 1;
        base = thresholds[base + half - 1] < x ? base + half : base;
        left -= half;
      }
      const rank = base - begin + (thresholds[base] < x ? 1 : 0);
      const to = ((row >> 3) * features + feature) * 2 * ROWS_PER_GROUP + (row & 7);
      ranks[to] = rank;
      ranks[to + ROWS_PER_GROUP] = x === x ? rank : RIGHT_OF_ALL;
    }
  }
}

/** Adds all trees to `sums`; the first belongs to score `slot` when leaves have one number. */
export function addWalked(arrays: NodeArrays, { outputs }: Pick<NodeSection, 'outputs'>, scores: number, slot: number, rows: number): void {
  const { leafValues, roots, starts, sums, values } = arrays;
  const leaves = new Int32Array(rows);
  for (let tree = 0; tree < roots.length; tree += 1) {
    walk(arrays.nodes, roots[tree], arrays.ranks, (starts.length - 1) * RANK_STEP, rows, leaves);
    const score = outputs === 1 ? (slot + tree) % scores : 0;
    for (let row = 0; row < rows; row += 1) {
      const value = leafValues[leaves[row]];
      const sum = row * scores + score;
      for (let output = 0; output < outputs; output += 1) sums[sum + output] += values[value + output];
    }
  }
}

/** The nodes that the rows end in. `groupLength`: ranks of eight rows. */
function walk(nodes: Int32Array, root: number, ranks: Uint16Array, groupLength: number, rows: number, leaves: Int32Array): void {
  const first = root * WORDS_PER_NODE;
  for (let row = 0; row < rows; row += 4) {
    const at = (row >> 3) * groupLength + (row & 7);
    let a = first;
    let b = first;
    let c = first;
    let d = first;
    for (;;) {
      const nextA = first + next(nodes, a, ranks, at);
      const nextB = first + next(nodes, b, ranks, at + 1);
      const nextC = first + next(nodes, c, ranks, at + 2);
      const nextD = first + next(nodes, d, ranks, at + 3);
      if (((a ^ nextA) | (b ^ nextB) | (c ^ nextC) | (d ^ nextD)) === 0) break;
      a = nextA;
      b = nextB;
      c = nextC;
      d = nextD;
    }
    leaves[row] = a >> 1;
    leaves[row + 1] = b >> 1; // beyond the last row: written nowhere
    leaves[row + 2] = c >> 1;
    leaves[row + 3] = d >> 1;
  }
}

/** Words from the root to the next node: the left child, or the right one beside it when the row's rank is above the split's. */
function next(nodes: Int32Array, at: number, ranks: Uint16Array, row: number): number {
  const node = nodes[at];
  const isRight = ((node >>> 16) - ranks[row + ((node & 0xffff) >> 1)]) >>> 31;
  return (nodes[at + 1] >> 2) + isRight * WORDS_PER_NODE;
}
