// Grows one tree of a forest depth first, with exact splits on randomly drawn features (Breiman 2001).
import type { Random } from '../../numeric/random.js';
import { findGiniSplit } from './gini-split.js';
import type { GiniSplit } from './gini-split.js';
import type { RankedMatrix } from './ranked-matrix.js';
import { createSortSpace, sortDistinct } from './sort-distinct.js';
import type { SortSpace } from './sort-distinct.js';
import { ABOVE_ALL } from '../ensemble/tree-ensemble.js';
import type { TreeEnsembleBuilder } from '../ensemble/tree-ensemble.js';

export interface ExactLimits {
  /** Features tried at each split. */
  readonly featuresPerSplit: number;
  readonly maxDepth: number;
  readonly minSamplesSplit: number;
  readonly minSamplesLeaf: number;
  /** Least weight of a leaf. */
  readonly minWeightLeaf: number;
  readonly minImpurityDecrease: number;
}

/** What one tree is grown on. */
export interface TreeSample {
  /** [all rows] */
  readonly classIndexes: Uint8Array;
  readonly classes: number;
  /** [all rows] how often each row was drawn; 0: not in the sample. */
  readonly draws: Int32Array;
  /** [all rows] row weight times draws. */
  readonly weights: Float64Array;
}

/** Memory that all trees of a forest share. */
export interface ExactMemory {
  readonly places: Int32Array;
  readonly ranks: Int32Array;
  readonly rows: Int32Array;
  readonly sort: SortSpace;
}

/** Memory for trees on up to `rows` rows. */
export function createExactMemory(rows: number): ExactMemory {
  return { places: new Int32Array(rows), ranks: new Int32Array(rows), rows: new Int32Array(rows), sort: createSortSpace(rows) };
}

/** An impurity at or below this counts as pure, as in scikit-learn. */
const PURE = 2 ** -52;

/** Grows a tree and adds it to `builder`; a leaf holds the class shares of its weight, its cover is the number of draws.
 * The gain of a split is the Gini impurity that it takes away, times the node's share of the weight: what scikit-learn adds up. */
export function growExactTree(builder: TreeEnsembleBuilder, ranked: RankedMatrix, sample: TreeSample, limits: ExactLimits, random: Random, memory: ExactMemory): void {
  const { classIndexes, draws, weights, classes } = sample;
  const rows = rowsDrawn(draws);
  const featureOrder = Int32Array.from(ranked.ranks, (_, feature) => feature);
  const totals = new Float64Array(classes);
  const left = new Float64Array(classes);
  const right = new Float64Array(classes);
  const best: GiniSplit = { feature: -1, leftRank: 0, rightRank: 0, isMissingLeft: false, score: 0 };
  const node = { classIndexes, weights, totals, minRows: limits.minSamplesLeaf, minWeight: limits.minWeightLeaf };
  let rootWeight = 0;

  builder.beginTree();
  const stack = [{ begin: 0, end: rows.length, depth: 0, rightOf: -1 }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { begin, end, depth, rightOf } = next;
    if (rightOf >= 0) builder.beginRight(rightOf);
    totals.fill(0);
    let cover = 0;
    for (let i = begin; i < end; i += 1) {
      totals[classIndexes[rows[i]]] += weights[rows[i]];
      cover += draws[rows[i]];
    }
    let weight = 0;
    let squares = 0;
    for (let index = 0; index < classes; index += 1) {
      weight += totals[index];
      squares += totals[index] * totals[index];
    }
    if (depth === 0) rootWeight = weight;
    const count = end - begin;
    const maySplit =
      depth < limits.maxDepth &&
      count >= limits.minSamplesSplit &&
      count >= 2 * limits.minSamplesLeaf &&
      weight >= 2 * limits.minWeightLeaf &&
      1 - squares / (weight * weight) > PURE;
    if (maySplit) seekSplit(begin, end);
    const decrease = (best.score - squares / weight) / rootWeight;
    if (!maySplit || best.feature < 0 || decrease + PURE < limits.minImpurityDecrease) {
      for (let index = 0; index < classes; index += 1) totals[index] /= weight;
      builder.addLeaf(totals, cover);
      continue;
    }
    const split = builder.addSplit(best.feature, thresholdOf(best, ranked.values[best.feature]), best.isMissingLeft, cover, Math.max(0, decrease));
    const middle = partition(begin, end);
    stack.push({ begin: middle, end, depth: depth + 1, rightOf: split }, { begin, end: middle, depth: depth + 1, rightOf: -1 });
  }

  /** Draws features without replacement until enough were tried and one of them was not constant in the node. */
  function seekSplit(begin: number, end: number): void {
    best.feature = -1;
    best.score = -Infinity;
    const { ranks, rows: sortedRows } = memory;
    const count = end - begin;
    let varying = 0;
    for (let tried = 0; tried < featureOrder.length && (tried < limits.featuresPerSplit || varying === 0); tried += 1) {
      const drawn = tried + random.integer(featureOrder.length - tried);
      const feature = featureOrder[drawn];
      featureOrder[drawn] = featureOrder[tried];
      featureOrder[tried] = feature;
      sortNode(feature, begin, count);
      if (ranks[0] === ranks[count - 1]) continue;
      varying += 1;
      let missing = 0;
      while (ranks[count - 1 - missing] === ranked.values[feature].length) missing += 1;
      findGiniSplit(best, feature, { ranks, rows: sortedRows, count, missing }, node, left, right);
    }
  }

  /** Puts a node's rows into `memory.rows`, sorted by one feature, and their ranks into `memory.ranks`. */
  function sortNode(feature: number, begin: number, count: number): void {
    const { places, ranks, rows: sortedRows } = memory;
    const placeOf = ranked.places[feature];
    const rowAt = ranked.rowAt[feature];
    const rankAt = ranked.rankAt[feature];
    for (let i = 0; i < count; i += 1) places[i] = placeOf[rows[begin + i]];
    sortDistinct(places, count, memory.sort);
    for (let i = 0; i < count; i += 1) {
      sortedRows[i] = rowAt[places[i]];
      ranks[i] = rankAt[places[i]];
    }
  }

  /** Rows that go left come first; returns where the right side begins. */
  function partition(begin: number, end: number): number {
    const ofFeature = ranked.ranks[best.feature];
    const { leftRank } = best;
    const alsoLeft = best.isMissingLeft ? ranked.values[best.feature].length : -1; // the rank of missing values
    const spare = memory.rows;
    let middle = begin;
    let waiting = 0;
    for (let i = begin; i < end; i += 1) {
      const row = rows[i];
      const rank = ofFeature[row];
      // write to both sides, advance one: no branch that the processor could guess wrong
      const goesLeft = Number(rank <= leftRank) | Number(rank === alsoLeft);
      rows[middle] = row;
      spare[waiting] = row;
      middle += goesLeft;
      waiting += 1 - goesLeft;
    }
    rows.set(spare.subarray(0, waiting), middle);
    return middle;
  }
}

/** The middle between the two neighbouring values; the lower one where the middle rounds to the upper. */
function thresholdOf(split: GiniSplit, values: Float64Array): number {
  if (split.rightRank < 0) return ABOVE_ALL;
  const low = values[split.leftRank];
  const high = values[split.rightRank];
  const middle = low / 2 + high / 2;
  return middle < high ? middle : low;
}

function rowsDrawn(draws: Int32Array): Int32Array {
  const rows: number[] = [];
  draws.forEach((times, row) => {
    if (times > 0) rows.push(row);
  });
  return Int32Array.from(rows);
}
