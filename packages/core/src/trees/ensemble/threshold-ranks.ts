// Ranks instead of numbers: trees only ask whether a value is at most a threshold, so it is enough to know how many of the
// feature's thresholds are below it. That is a small integer, found once per row instead of once per node, and comparing
// ranks decides every split exactly as comparing the doubles does.
import { nodesEnd } from './nodes-end.js';
import type { TreeEnsemble } from './tree-ensemble.js';

/** The features that a run of trees uses, with their thresholds. */
export interface ThresholdRanks {
  /** [used] indexes of the features, ascending. */
  readonly features: Int32Array;
  /** The distinct thresholds of each used feature, ascending, one feature after the other. */
  readonly thresholds: Float64Array;
  /** [used + 1] where each feature's thresholds begin in `thresholds`. */
  readonly starts: Int32Array;
  /** [nodes of the run] for a split: which of `features` it compares; -1 for a leaf. */
  readonly places: Int32Array;
  /** [nodes of the run] for a split: rank of its threshold. A value goes right when its own rank is above this. */
  readonly ranks: Int32Array;
}

/** Ranks fit in 16 bits, with room for the two that stand for missing values. */
export const MOST_THRESHOLDS = 65_533;

/** Ranks of the trees from `begin` up to `end`; undefined when a feature has more than MOST_THRESHOLDS. No threshold may be NaN. */
export function rankThresholds(ensemble: TreeEnsemble, begin: number, end: number): ThresholdRanks | undefined {
  const firstNode = ensemble.roots[begin];
  const lastNode = nodesEnd(ensemble, end - 1);
  const nodeFeatures = ensemble.features.subarray(firstNode, lastNode);
  const nodeThresholds = ensemble.thresholds.subarray(firstNode, lastNode);
  const { features, places } = placeFeatures(nodeFeatures);
  const { thresholds, starts } = distinctThresholds(places, nodeThresholds, features.length);
  const ranks = new Int32Array(places.length);
  for (let i = 0; i < places.length; i += 1) {
    const place = places[i];
    if (place >= 0) ranks[i] = countBelow(thresholds, starts[place], starts[place + 1], nodeThresholds[i]);
  }
  for (let place = 0; place < features.length; place += 1) if (starts[place + 1] - starts[place] > MOST_THRESHOLDS) return undefined;
  return { features, thresholds, starts, places, ranks };
}

/** How many of the ascending `thresholds[begin..end)` are below `x`; 0 for NaN. */
export function countBelow(thresholds: Float64Array, begin: number, end: number, x: number): number {
  let from = begin;
  let to = end;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (thresholds[middle] < x) from = middle + 1;
    else to = middle;
  }
  return from - begin;
}

/** The features in use, ascending, and which of them each node compares. */
function placeFeatures(nodeFeatures: Int32Array): Pick<ThresholdRanks, 'features' | 'places'> {
  let width = 0;
  for (let i = 0; i < nodeFeatures.length; i += 1) width = Math.max(width, nodeFeatures[i] + 1);
  const placeOf = new Int32Array(width).fill(-1);
  for (let i = 0; i < nodeFeatures.length; i += 1) if (nodeFeatures[i] >= 0) placeOf[nodeFeatures[i]] = 0;
  const features: number[] = [];
  for (let feature = 0; feature < width; feature += 1) if (placeOf[feature] === 0) placeOf[feature] = features.push(feature) - 1;
  const places = new Int32Array(nodeFeatures.length);
  for (let i = 0; i < places.length; i += 1) places[i] = nodeFeatures[i] < 0 ? -1 : placeOf[nodeFeatures[i]];
  return { features: Int32Array.from(features), places };
}

/** Each feature's thresholds, ascending, without repetition; -0 and 0 are the same. */
function distinctThresholds(places: Int32Array, nodeThresholds: Float64Array, used: number): Pick<ThresholdRanks, 'thresholds' | 'starts'> {
  const ends = new Int32Array(used + 1);
  for (let i = 0; i < places.length; i += 1) if (places[i] >= 0) ends[places[i] + 1] += 1;
  for (let place = 0; place < used; place += 1) ends[place + 1] += ends[place];
  const all = new Float64Array(ends[used]);
  const at = ends.slice();
  for (let i = 0; i < places.length; i += 1) {
    if (places[i] < 0) continue;
    all[at[places[i]]] = nodeThresholds[i];
    at[places[i]] += 1;
  }
  const starts = new Int32Array(used + 1);
  let kept = 0;
  for (let place = 0; place < used; place += 1) {
    const sorted = all.subarray(ends[place], ends[place + 1]).sort();
    for (let i = 0; i < sorted.length; i += 1) {
      if (i > 0 && sorted[i] === sorted[i - 1]) continue;
      all[kept] = sorted[i]; // at or before the number's own place
      kept += 1;
    }
    starts[place + 1] = kept;
  }
  return { thresholds: all.slice(0, kept), starts };
}
