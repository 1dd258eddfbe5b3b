// The best split on a feature with few ranks: weights are added up per rank and class, then whole ranks move from right to left.
// The score is that of gini-split.
import type { ForestArrays } from './forest-memory.js';
import type { RankSplit, SideLimits } from './node-operations.js';

export interface CountedRows {
  /** `nodeRanks`, `nodeClasses`, `nodeWeights` and `totals` hold the node; `histogram`, `rankRows` and `sides` are overwritten. */
  readonly arrays: ForestArrays;
  readonly count: number;
  readonly missingRank: number;
  /** Number of ranks, the one of missing values included. */
  readonly rankCount: number;
}

/** Puts the best split on `feature`, which varies in the node, into `best` where it scores higher. Always true. */
export function findGiniSplitByRank(best: RankSplit, feature: number, counted: CountedRows, limits: SideLimits): true {
  const { arrays, count, missingRank, rankCount } = counted;
  const { histogram, rankRows, nodeRanks, nodeClasses, nodeWeights, totals } = arrays;
  const classes = totals.length;
  histogram.fill(0, 0, rankCount * classes);
  rankRows.fill(0, 0, rankCount);
  for (let i = 0; i < count; i += 1) {
    histogram[nodeRanks[i] * classes + nodeClasses[i]] += nodeWeights[i];
    rankRows[nodeRanks[i]] += 1;
  }
  const missing = missingRank < rankCount ? rankRows[missingRank] : 0;
  scan(best, feature, counted, limits, missing, false);
  if (missing > 0) scan(best, feature, counted, limits, missing, true);
  return true;
}

function scan(best: RankSplit, feature: number, { arrays, count, missingRank }: CountedRows, limits: SideLimits, missing: number, isMissingLeft: boolean): void {
  const { histogram, rankRows, totals, sides } = arrays;
  const classes = totals.length;
  let leftWeight = 0;
  let rightWeight = 0;
  let leftSquares = 0;
  let rightSquares = 0;
  // sides: left and right of a class beside each other
  for (let index = 0; index < classes; index += 1) {
    const left = isMissingLeft ? histogram[missingRank * classes + index] : 0;
    const right = totals[index] - left;
    sides[2 * index] = left;
    sides[2 * index + 1] = right;
    leftWeight += left;
    rightWeight += right;
    leftSquares += left * left;
    rightSquares += right * right;
  }
  const present = count - missing;
  const alreadyLeft = isMissingLeft ? missing : 0;
  const end = missing > 0 && !isMissingLeft ? present : present - 1;
  let passed = 0;
  let bestRank = -1;
  for (let rank = 0; passed < end; rank += 1) {
    if (rankRows[rank] === 0) continue;
    for (let index = 0; index < classes; index += 1) {
      const weight = histogram[rank * classes + index];
      leftSquares += weight * (2 * sides[2 * index] + weight);
      rightSquares -= weight * (2 * sides[2 * index + 1] - weight);
      sides[2 * index] += weight;
      sides[2 * index + 1] -= weight;
      leftWeight += weight;
      rightWeight -= weight;
    }
    passed += rankRows[rank];
    if (passed > end) break;
    const leftRows = passed + alreadyLeft;
    if (leftRows < limits.minRows || leftWeight < limits.minWeight) continue;
    if (count - leftRows < limits.minRows || rightWeight < limits.minWeight) break;
    const score = leftSquares / leftWeight + rightSquares / rightWeight;
    if (!(score > best.score && rightWeight > 0)) continue;
    bestRank = rank;
    best.score = score;
    best.feature = feature;
    best.isMissingLeft = missing > 0 ? isMissingLeft : leftRows >= count - leftRows;
  }
  if (bestRank < 0) return;
  best.leftRank = bestRank;
  best.rightRank = bestRank + 1;
  while (best.rightRank < missingRank && rankRows[best.rightRank] === 0) best.rightRank += 1;
  if (best.rightRank >= missingRank) best.rightRank = -1;
}
