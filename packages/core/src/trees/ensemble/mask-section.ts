// Bit masks: the leaves of a small tree are the bits of a word, the leftmost leaf the highest. A split that sends a row right
// rules out all leaves on its left; when every such split has struck out its own, the leaf that the row reaches is the
// highest bit left (QuickScorer, Lucchese et al. 2015, https://doi.org/10.1145/2766462.2767733).
//
// Here all splits of one feature strike at once: the rank of the row's value picks a line of 64 bytes that holds the words of 8
// to 64 trees, and the lines of the features are ANDed. So a group of trees costs one line per feature, whatever its depth.
import { planMaskGroup } from './mask-group.js';
import type { MaskGroup } from './mask-group.js';
import { nodesEnd } from './nodes-end.js';
import type { ThresholdRanks } from './threshold-ranks.js';
import type { TreeEnsemble } from './tree-ensemble.js';

export interface MaskSection {
  readonly kind: 'masks';
  readonly trees: number;
  /** Numbers per leaf. */
  readonly outputs: number;
  /** Bits of a tree's word: 8, 16, 32 or 64. */
  readonly laneBits: number;
  /** [groups] one past the last entry of each group of trees. */
  readonly entryEnds: Int32Array;
  /** [entries × 2] which of the used features, and where its numbers of lines begin in `map`. */
  readonly entries: Int32Array;
  /** Number of the line for each rank from 0 to the count of thresholds, and after them for a missing value. */
  readonly map: Uint16Array;
  /** [lines × 16] a word for every tree of the group, low bits first. */
  readonly lines: Int32Array;
  /** [trees × laneBits × outputs] numbers of the leaves, left to right; 0 beyond the last leaf. */
  readonly values: Float64Array;
}

/** Bits and 32-bit words of a line: one line of the processor's cache. */
export const LINE_BITS = 512;
export const LINE_WORDS = 16;

/** Lines are numbered in 16 bits. */
const MOST_LINES = 65_536;

/**
 * Entries per tree beyond which walking nodes is faster: an entry costs 2 ns a row, a walk to one of 31 leaves 13 ns (4 µs
 * for 300 trees, where masks need 1.5 and the plain walk 11).
 * Models with hundreds of features have that many, their groups using a new feature at nearly every split.
 */
const MOST_ENTRIES_PER_TREE = 6;

/** The section of the trees from `begin` up to `end`; undefined where masks do not fit or do not pay. */
export function createMaskSection(ensemble: TreeEnsemble, begin: number, end: number, ranked: ThresholdRanks): MaskSection | undefined {
  const leaves = leafOrder(ensemble, begin, end);
  const laneBits = [8, 16, 32, 64].find((bits) => bits >= leaves.most);
  if (laneBits === undefined) return undefined;
  const groups: MaskGroup[] = [];
  let lineCount = 0;
  let entryCount = 0;
  for (let tree = begin; tree < end; tree += LINE_BITS / laneBits) {
    const group = planMaskGroup(ensemble, tree, Math.min(end, tree + LINE_BITS / laneBits), ranked, ensemble.roots[begin], lineCount);
    groups.push(group);
    lineCount = group.linesEnd;
    entryCount += group.places.length;
    if (lineCount > MOST_LINES || entryCount > MOST_ENTRIES_PER_TREE * (end - begin)) return undefined;
  }
  const lines = new Int32Array(lineCount * LINE_WORDS).fill(-1);
  const values = new Float64Array((end - begin) * laneBits * ensemble.outputs);
  const section = { kind: 'masks' as const, trees: end - begin, outputs: ensemble.outputs, laneBits, ...mapRanks(groups, ranked), lines, values };
  for (const group of groups) {
    strikeOut(section, group, ensemble, ranked, leaves);
    placeValues(section, begin, group, ensemble, leaves);
  }
  return section;
}

/** From ranks to numbers of lines. */
function mapRanks(groups: readonly MaskGroup[], ranked: ThresholdRanks): Pick<MaskSection, 'entryEnds' | 'entries' | 'map'> {
  const entries: number[] = [];
  const entryEnds: number[] = [];
  let length = 0;
  for (const { places } of groups) {
    for (const place of places) {
      entries.push(place, length);
      length += ranked.starts[place + 1] - ranked.starts[place] + 2;
    }
    entryEnds.push(entries.length / 2);
  }
  const map = new Uint16Array(length);
  let entry = 0;
  for (const { firstLine, places, ranks, starts } of groups) {
    for (let e = 0; e < places.length; e += 1, entry += 2) {
      const at = entries[entry + 1];
      const missing = at + ranked.starts[places[e] + 1] - ranked.starts[places[e]] + 1;
      let from = at;
      let line = firstLine + starts[e] + 2 * e;
      for (let i = starts[e]; i < starts[e + 1]; i += 1, line += 1) {
        map.fill(line, from, at + ranks[i] + 1);
        from = at + ranks[i] + 1;
      }
      map.fill(line, from, missing);
      map[missing] = line + 1;
    }
  }
  return { entryEnds: Int32Array.from(entryEnds), entries: Int32Array.from(entries), map };
}

/** The leaves of a run of trees, left to right. */
interface LeafOrder {
  /** The first node of the run. */
  readonly firstNode: number;
  /** [nodes of the run] how many leaves of its own tree stand before the node. */
  readonly before: Int32Array;
  /** Leaves of the tree that has most. */
  readonly most: number;
}

function leafOrder(ensemble: TreeEnsemble, begin: number, end: number): LeafOrder {
  const firstNode = ensemble.roots[begin];
  const before = new Int32Array(nodesEnd(ensemble, end - 1) - firstNode);
  let most = 0;
  for (let tree = begin; tree < end; tree += 1) {
    let leaves = 0;
    const last = nodesEnd(ensemble, tree);
    for (let node = ensemble.roots[tree]; node < last; node += 1) {
      before[node - firstNode] = leaves;
      if (ensemble.features[node] < 0) leaves += 1;
    }
    most = Math.max(most, leaves);
  }
  return { firstNode, before, most };
}

/** Clears in each line the leaves on the left of the splits that send its rank right. */
function strikeOut({ laneBits, lines }: MaskSection, group: MaskGroup, ensemble: TreeEnsemble, ranked: ThresholdRanks, { firstNode, before }: LeafOrder): void {
  const { missingLeft, rights, roots } = ensemble;
  const { firstLine, places, ranks, starts } = group;
  for (let tree = group.begin; tree < group.end; tree += 1) {
    const highest = (tree - group.begin + 1) * laneBits - 1; // the bit of the tree's first leaf
    const last = nodesEnd(ensemble, tree);
    for (let node = roots[tree]; node < last; node += 1) {
      const at = node - firstNode;
      if (ranked.places[at] < 0) continue;
      const e = indexOf(places, 0, places.length, ranked.places[at]);
      const line = firstLine + indexOf(ranks, starts[e], starts[e + 1], ranked.ranks[at]) + 2 * e + 1;
      const missingLine = missingLeft[node] === 1 ? -1 : firstLine + starts[e + 1] + 2 * e + 1;
      for (let bit = highest - before[at]; bit > highest - before[rights[node] - firstNode]; bit -= 1) {
        lines[line * LINE_WORDS + (bit >> 5)] &= ~(1 << (bit & 31));
        if (missingLine >= 0) lines[missingLine * LINE_WORDS + (bit >> 5)] &= ~(1 << (bit & 31));
      }
    }
  }
  // what a rank strikes out, higher ranks do too
  for (let e = 0; e < places.length; e += 1) {
    const first = firstLine + starts[e] + 2 * e;
    const missing = firstLine + starts[e + 1] + 2 * e + 1;
    for (let word = (first + 1) * LINE_WORDS; word < missing * LINE_WORDS; word += 1) lines[word] &= lines[word - LINE_WORDS];
  }
}

/** Where `value`, which is there, stands among the ascending `numbers[begin..end)`. */
function indexOf(numbers: Int32Array, begin: number, end: number, value: number): number {
  let from = begin;
  let to = end - 1;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (numbers[middle] < value) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The numbers of the leaves, tree by tree from left to right. */
function placeValues(section: MaskSection, begin: number, group: MaskGroup, ensemble: TreeEnsemble, { firstNode, before }: LeafOrder): void {
  const { features, outputs, rights, roots, values } = ensemble;
  for (let tree = group.begin; tree < group.end; tree += 1) {
    const last = nodesEnd(ensemble, tree);
    for (let node = roots[tree]; node < last; node += 1) {
      if (features[node] >= 0) continue;
      const at = ((tree - begin) * section.laneBits + before[node - firstNode]) * outputs;
      for (let output = 0; output < outputs; output += 1) section.values[at + output] = values[rights[node] + output];
    }
  }
}
