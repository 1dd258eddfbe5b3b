// The plan of one group of trees in a mask section: which features they use, and at which ranks a feature's line changes.
import { nodesEnd } from './nodes-end.js';
import type { ThresholdRanks } from './threshold-ranks.js';
import type { TreeEnsemble } from './tree-ensemble.js';

/**
 * A feature has a line for values that go left at all its splits, one more for each rank of a split, and one for missing
 * values. Feature number e of the group and its threshold number i have line `firstLine + i + 2 * e + 1`.
 */
export interface MaskGroup {
  /** Its trees, from `begin` up to `end`. */
  readonly begin: number;
  readonly end: number;
  /** [features] which of the section's used features, ascending. */
  readonly places: Int32Array;
  /** [thresholds] the different ranks of splits, ascending within each feature. */
  readonly ranks: Int32Array;
  /** [features + 1] where each feature's begin. */
  readonly starts: Int32Array;
  readonly firstLine: number;
  /** One past its last line. */
  readonly linesEnd: number;
}

/** A rank has 16 bits. */
const RANKS = 65_536;

/** Plans the trees from `begin` up to `end`; `firstNode` is where the nodes of `ranked` begin, `firstLine` the first free line. */
export function planMaskGroup(ensemble: TreeEnsemble, begin: number, end: number, ranked: ThresholdRanks, firstNode: number, firstLine: number): MaskGroup {
  const from = ensemble.roots[begin] - firstNode;
  const to = nodesEnd(ensemble, end - 1) - firstNode;
  const keys = new Float64Array(to - from);
  let splits = 0;
  for (let i = from; i < to; i += 1) {
    if (ranked.places[i] < 0) continue;
    keys[splits] = ranked.places[i] * RANKS + ranked.ranks[i];
    splits += 1;
  }
  const sorted = keys.subarray(0, splits).sort();
  const places: number[] = [];
  const starts: number[] = [];
  const ranks: number[] = [];
  for (let i = 0; i < splits; i += 1) {
    if (i > 0 && sorted[i] === sorted[i - 1]) continue;
    const place = Math.floor(sorted[i] / RANKS);
    if (places[places.length - 1] !== place) {
      places.push(place);
      starts.push(ranks.length);
    }
    ranks.push(sorted[i] - place * RANKS);
  }
  starts.push(ranks.length);
  return {
    begin, end, firstLine,
    places: Int32Array.from(places), ranks: Int32Array.from(ranks), starts: Int32Array.from(starts),
    linesEnd: firstLine + ranks.length + 2 * places.length,
  };
}
