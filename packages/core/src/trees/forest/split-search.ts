// The best split of a node on randomly drawn features: of all places between values (Breiman 2001), or of one random
// threshold per feature (Geurts, Ernst and Wehenkel 2006, "Extremely randomized trees").
import type { Random } from '../../numeric/random.js';
import { ABOVE_ALL } from '../ensemble/tree-ensemble.js';
import { sideScore } from './criterion.js';
import type { CriterionName } from './criterion.js';
import { findEntropySplit } from './entropy-split.js';
import type { NodeOperations, RankSplit, SideLimits } from './node-operations.js';
import { thresholdBetween } from './ranked-matrix.js';

/** A split that was found. */
export interface FoundSplit extends Readonly<RankSplit> {
  readonly threshold: number;
}

export interface SearchOptions extends SideLimits {
  /** Features tried at each split. */
  readonly featuresPerSplit: number;
  readonly criterion: CriterionName;
}

/** Seeks the best split of the node that was entered last; undefined when there is none. The next search overwrites what it gives. */
export type SplitSearch = (begin: number, count: number) => FoundSplit | undefined;

/** A search for one tree: features and thresholds are drawn from `random`. */
export function createSplitSearch(operations: NodeOperations, options: SearchOptions, random: Random): SplitSearch {
  const { memory } = operations;
  const { table } = memory;
  const featureOrder = Int32Array.from({ length: memory.width }, (_, feature) => feature);
  const best = { feature: -1, leftRank: 0, rightRank: 0, isMissingLeft: false, score: 0, threshold: 0 };
  const tryFeature =
    table.kind === 'values'
      ? (feature: number, begin: number, count: number) => tryRandom(operations, options, random, feature, begin, count, best)
      : options.criterion === 'gini'
        ? (feature: number, begin: number, count: number) => operations.tryGini(feature, begin, count, best)
        : (feature: number, begin: number, count: number) => tryEntropy(operations, options, feature, begin, count, best);

  return (begin, count) => {
    best.feature = -1;
    best.score = -Infinity;
    // features without replacement until enough were tried and one of them was not constant in the node
    let varying = 0;
    for (let tried = 0; tried < featureOrder.length && (tried < options.featuresPerSplit || varying === 0); tried += 1) {
      const drawn = tried + random.integer(featureOrder.length - tried);
      const feature = featureOrder[drawn];
      featureOrder[drawn] = featureOrder[tried];
      featureOrder[tried] = feature;
      if (tryFeature(feature, begin, count)) varying += 1;
    }
    if (best.feature < 0) return undefined;
    if (table.kind === 'ranks') best.threshold = thresholdBetween(table.ranked, best.feature, best.leftRank, best.rightRank);
    return best;
  };
}

function tryEntropy(operations: NodeOperations, limits: SideLimits, feature: number, begin: number, count: number, best: RankSplit): boolean {
  if (!operations.sortNode(feature, begin, count)) return false;
  const { arrays, missingRanks, classes } = operations.memory;
  let missing = 0;
  while (arrays.sortedRanks[count - 1 - missing] === missingRanks[feature]) missing += 1;
  const node = { classIndexes: arrays.nodeClasses, weights: arrays.nodeWeights, totals: arrays.totals, ...limits };
  findEntropySplit(best, feature, { ranks: arrays.sortedRanks, rows: arrays.order, count, missing }, node, arrays.sides.subarray(0, classes), arrays.sides.subarray(classes));
  return true;
}

/** A threshold drawn between the least and the greatest value of the node; where values are missing, both ways are tried for them. */
function tryRandom(operations: NodeOperations, options: SearchOptions, random: Random, feature: number, begin: number, count: number, best: RankSplit & { threshold: number }): boolean {
  const missing = operations.valueRange(feature, begin, count);
  const { result, totals, sides } = operations.memory.arrays;
  const low = result[0];
  const high = result[1];
  if (missing === count || (low === high && missing === 0)) return false;
  // with one present value only missing rows can be split off
  const drawn = low + random.next() * (high - low);
  const threshold = low === high ? ABOVE_ALL : drawn < high ? drawn : low;
  for (const isMissingLeft of missing === 0 || low === high ? [false] : [false, true]) {
    const leftRows = operations.sumLeft(feature, begin, count, threshold, isMissingLeft);
    if (leftRows < options.minRows || count - leftRows < options.minRows) continue;
    const left = sides.subarray(0, totals.length);
    const right = totals.map((total, index) => total - left[index]);
    const leftWeight = sumOf(left);
    const rightWeight = sumOf(right);
    if (leftWeight < options.minWeight || rightWeight < options.minWeight || !(leftWeight > 0 && rightWeight > 0)) continue;
    const score = sideScore(options.criterion, left, leftWeight) + sideScore(options.criterion, right, rightWeight);
    if (!(score > best.score)) continue;
    Object.assign(best, { feature, threshold, score, isMissingLeft: missing > 0 ? isMissingLeft : leftRows >= count - leftRows });
  }
  return true;
}

function sumOf(numbers: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < numbers.length; i += 1) sum += numbers[i];
  return sum;
}
