// The best split of a node on randomly drawn features: of all places between values (Breiman 2001), or of one random
// threshold per feature (Geurts, Ernst and Wehenkel 2006, "Extremely randomized trees").
import type { Random } from '../../numeric/random.js';
import { ABOVE_ALL } from '../ensemble/tree-ensemble.js';
import { sideScore } from './criterion.js';
import type { CriterionName } from './criterion.js';
import { findEntropySplit } from './entropy-split.js';
import type { NodeOperations, RankSplit, SideLimits } from './node-operations.js';
import { thresholdBetween } from './ranked-matrix.js';

/** A split that was found; for random thresholds the ranks mean nothing. */
export interface FoundSplit extends RankSplit {
  threshold: number;
}

export interface SearchOptions extends SideLimits {
  /** Features tried at each split. */
  readonly featuresPerSplit: number;
  readonly criterion: CriterionName;
}

/** Seeks the best split of the node that was entered last; undefined when there is none. The next search overwrites what it gives. */
export type SplitSearch = (begin: number, count: number) => Readonly<FoundSplit> | undefined;

/** A search for one tree: features and thresholds are drawn from `random`. */
export function createSplitSearch(operations: NodeOperations, options: SearchOptions, random: Random): SplitSearch {
  const { memory } = operations;
  const { table } = memory;
  const featureOrder = Int32Array.from({ length: memory.width }, (_, feature) => feature);
  const best: FoundSplit = { feature: -1, leftRank: 0, rightRank: 0, isMissingLeft: false, score: 0, threshold: 0 };
  const tryFeature: TryFeature =
    table.kind === 'values'
      ? randomTrial(operations, options, random, best)
      : options.criterion === 'gini'
        ? (feature, begin, count) => operations.tryGini(feature, begin, count, best)
        : entropyTrial(operations, options, best);

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

/** Puts the best split on a feature into the search's best; false: the feature is constant in the node. */
type TryFeature = (feature: number, begin: number, count: number) => boolean;

function entropyTrial(operations: NodeOperations, limits: SideLimits, best: FoundSplit): TryFeature {
  const { arrays, missingRanks, classes } = operations.memory;
  const { sortedRanks, order, sides, nodeClasses, nodeWeights, totals } = arrays;
  const node = { classIndexes: nodeClasses, weights: nodeWeights, totals, ...limits };
  const left = sides.subarray(0, classes);
  const right = sides.subarray(classes);
  return (feature, begin, count) => {
    if (!operations.sortNode(feature, begin, count)) return false;
    let missing = 0;
    while (sortedRanks[count - 1 - missing] === missingRanks[feature]) missing += 1;
    findEntropySplit(best, feature, { ranks: sortedRanks, rows: order, count, missing }, node, left, right);
    return true;
  };
}

/** A threshold drawn between the least and the greatest value of the node; where values are missing, both ways are tried for them. */
function randomTrial(operations: NodeOperations, options: SearchOptions, random: Random, best: FoundSplit): TryFeature {
  const { arrays, classes } = operations.memory;
  const { result, totals } = arrays;
  const left = arrays.sides.subarray(0, classes);
  const right = arrays.sides.subarray(classes);

  /** Where `threshold` scores higher than the best so far, it is the best. */
  function judge(feature: number, begin: number, count: number, threshold: number, missing: number, isMissingLeft: boolean): void {
    const leftRows = operations.sumLeft(feature, begin, count, threshold, isMissingLeft);
    if (leftRows < options.minRows || count - leftRows < options.minRows) return;
    let leftWeight = 0;
    let rightWeight = 0;
    for (let index = 0; index < classes; index += 1) {
      right[index] = totals[index] - left[index];
      leftWeight += left[index];
      rightWeight += right[index];
    }
    if (leftWeight < options.minWeight || rightWeight < options.minWeight || !(leftWeight > 0 && rightWeight > 0)) return;
    const score = sideScore(options.criterion, left, leftWeight) + sideScore(options.criterion, right, rightWeight);
    if (!(score > best.score)) return;
    best.feature = feature;
    best.threshold = threshold;
    best.score = score;
    best.isMissingLeft = missing > 0 ? isMissingLeft : leftRows >= count - leftRows;
  }

  return (feature, begin, count) => {
    const missing = operations.valueRange(feature, begin, count);
    const low = result[0];
    const high = result[1];
    if (missing === count || (low === high && missing === 0)) return false;
    if (low === high) {
      judge(feature, begin, count, ABOVE_ALL, missing, false); // only missing rows can be split off
      return true;
    }
    const share = random.next();
    const span = high - low; // of huge values it overflows
    const drawn = span < Infinity ? low + share * span : low * (1 - share) + high * share;
    const threshold = drawn < high ? drawn : low;
    judge(feature, begin, count, threshold, missing, false);
    if (missing > 0) judge(feature, begin, count, threshold, missing, true);
    return true;
  };
}
