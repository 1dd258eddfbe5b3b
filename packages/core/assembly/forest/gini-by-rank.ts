// The best split by Gini impurity of a feature with few ranks: gini-histogram.
import { f64At, i32At, putF64, putI32 } from './arrays';
import { allRows, classes, histogram, minRows, minWeight, nodeClasses, nodePacked, nodeWeights, packedBits, rankBytes, rankRows, result, sample, sides, table, totals } from './state';

/** As tryGini, for a feature with `rankCount` ranks (at most 256, the one of missing values included): sums per rank instead of sorting. */
export function tryGiniByRank(feature: i32, begin: i32, count: i32, missingRank: i32, rankCount: i32, bestScore: f64): i32 {
  const column = table + <usize>feature * <usize>allRows * <usize>rankBytes;
  memory.fill(histogram, 0, <usize>(rankCount * classes) << 3);
  memory.fill(rankRows, 0, <usize>rankCount << 2);
  if (rankBytes === 1) sumByRank<u8>(column, begin, count);
  else if (rankBytes === 2) sumByRank<u16>(column, begin, count);
  else sumByRank<i32>(column, begin, count);
  const missing = missingRank < rankCount ? i32At(rankRows, missingRank) : 0;
  let ranks = 0;
  for (let rank = 0; rank < rankCount; rank += 1) ranks += i32(i32At(rankRows, rank) > 0);
  if (ranks < 2) return 0;
  const first = scanRanks(count, missingRank, missing, false, bestScore);
  const isBetter = first > bestScore;
  if (missing === 0) return isBetter ? 2 : 1;
  return scanRanks(count, missingRank, missing, true, first) > first || isBetter ? 2 : 1;
}

function sumByRank<T>(column: usize, begin: i32, count: i32): void {
  const isPacked = packedBits > 0;
  const from = sample + (<usize>begin << 2);
  for (let i = 0; i < count; i += 1) {
    const rank = <i32>load<T>(column + (<usize>i32At(from, i) << alignof<T>()));
    const index = isPacked ? i32At(nodePacked, i) & 3 : <i32>load<u8>(nodeClasses + i);
    const at = histogram + (<usize>(rank * classes + index) << 3);
    store<f64>(at, load<f64>(at) + (isPacked ? <f64>(i32At(nodePacked, i) >> 2) : f64At(nodeWeights, i)));
    putI32(rankRows, rank, i32At(rankRows, rank) + 1);
  }
}

function scanRanks(count: i32, missingRank: i32, missing: i32, isMissingLeft: bool, bestScore: f64): f64 {
  const present = count - missing;
  const both = sides;
  let leftWeight = 0.0;
  let leftSquares = 0.0;
  let rightSquares = 0.0;
  let rightWeight = 0.0;
  for (let index = 0; index < classes; index += 1) {
    const left = isMissingLeft ? f64At(histogram, missingRank * classes + index) : 0;
    const right = f64At(totals, index) - left;
    putF64(both, 2 * index, left);
    putF64(both, 2 * index + 1, right);
    leftWeight += left;
    leftSquares += left * left;
    rightSquares += right * right;
    rightWeight += right;
  }
  const alreadyLeft = isMissingLeft ? missing : 0;
  const end = missing > 0 && !isMissingLeft ? present : present - 1;
  let passed = 0;
  let bestRank = -1;
  for (let rank = 0; passed < end; rank += 1) {
    const rows = i32At(rankRows, rank);
    if (rows === 0) continue;
    for (let index = 0; index < classes; index += 1) {
      const weight = f64At(histogram, rank * classes + index);
      const left = f64At(both, 2 * index);
      const right = f64At(both, 2 * index + 1);
      leftSquares += weight * (2 * left + weight);
      rightSquares -= weight * (2 * right - weight);
      putF64(both, 2 * index, left + weight);
      putF64(both, 2 * index + 1, right - weight);
      leftWeight += weight;
      rightWeight -= weight;
    }
    passed += rows;
    if (passed > end) break;
    const leftRows = passed + alreadyLeft;
    if (leftRows < minRows || leftWeight < minWeight) continue;
    if (count - leftRows < minRows || rightWeight < minWeight) break;
    const score = leftSquares / leftWeight + rightSquares / rightWeight;
    if (score > bestScore && rightWeight > 0) {
      bestScore = score;
      bestRank = rank;
      putF64(result, 0, score);
      putF64(result, 3, <f64>i32(missing > 0 ? isMissingLeft : leftRows >= count - leftRows));
    }
  }
  if (bestRank >= 0) {
    let next = bestRank + 1;
    while (next < missingRank && i32At(rankRows, next) === 0) next += 1;
    putF64(result, 1, <f64>bestRank);
    putF64(result, 2, next < missingRank ? <f64>next : -1);
  }
  return bestScore;
}
