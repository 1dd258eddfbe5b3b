// The best split by Gini impurity over every place: gini-split.
import { f64At, i32At, putF64 } from './arrays';
import { sortNode, sortedKeys, sortedLow } from './sort';
import { classes, minRows, minWeight, moves, nodeClasses, nodeWeights, order, packedBits, result, sides, sortedRanks, totals } from './state';

/**
 * The best split of a node on one feature by Gini impurity. 0: constant; 1: none better than `bestScore`;
 * 2: `result` holds score, left rank, right rank (-1: only missing values there), and 1 where missing values go left.
 */
export function tryGini(feature: i32, begin: i32, count: i32, missingRank: i32, bestScore: f64): i32 {
  if (sortNode(feature, begin, count) === 0) return 0;
  const isPacked = packedBits > 0;
  let missing = 0;
  if (isPacked) while (<i32>(<u32>i32At(sortedKeys, count - 1 - missing) >> packedBits) + sortedLow === missingRank) missing += 1;
  else while (i32At(sortedRanks, count - 1 - missing) === missingRank) missing += 1;
  const first = isPacked ? scanPacked(count, missing, false, bestScore) : scan(count, missing, false, bestScore);
  const isBetter = first > bestScore;
  if (missing === 0) return isBetter ? 2 : 1;
  return (isPacked ? scanPacked(count, missing, true, first) : scan(count, missing, true, first)) > first || isBetter ? 2 : 1;
}

function scan(count: i32, missing: i32, isMissingLeft: bool, bestScore: f64): f64 {
  const ranks = sortedRanks;
  const present = count - missing;
  const both = sides;
  const sign = f64x2(1, -1);
  for (let index = 0; index < classes; index += 1) putF64(both, 2 * index, 0);
  let leftWeight = 0.0;
  if (isMissingLeft) {
    for (let i = present; i < count; i += 1) {
      const at = i32At(order, i);
      const weight = f64At(nodeWeights, at);
      const index = <i32>load<u8>(nodeClasses + at);
      putF64(both, 2 * index, f64At(both, 2 * index) + weight);
      leftWeight += weight;
    }
  }
  let leftSquares = 0.0;
  let rightSquares = 0.0;
  let rightWeight = 0.0;
  for (let index = 0; index < classes; index += 1) {
    const left = f64At(both, 2 * index);
    const right = f64At(totals, index) - left;
    putF64(both, 2 * index + 1, right);
    leftSquares += left * left;
    rightSquares += right * right;
    rightWeight += right;
  }
  let squares = f64x2(leftSquares, rightSquares);
  let sums = f64x2(leftWeight, rightWeight);
  const alreadyLeft = isMissingLeft ? missing : 0;
  const end = missing > 0 && !isMissingLeft ? present : present - 1;
  for (let i = 0; i < end; i += 1) {
    const at = i32At(order, i);
    const moved = f64x2.mul(v128.load_splat<f64>(nodeWeights + (<usize>at << 3)), sign);
    const pair = both + (<usize>load<u8>(nodeClasses + at) << 4);
    const was = v128.load(pair);
    squares = f64x2.add(squares, f64x2.mul(moved, f64x2.add(f64x2.add(was, was), moved)));
    v128.store(pair, f64x2.add(was, moved));
    sums = f64x2.add(sums, moved);
    const rank = i32At(ranks, i);
    if (rank === i32At(ranks, i + 1)) continue;
    const leftRows = i + 1 + alreadyLeft;
    if (leftRows < minRows || f64x2.extract_lane(sums, 0) < minWeight) continue;
    if (count - leftRows < minRows || f64x2.extract_lane(sums, 1) < minWeight) break;
    const shares = f64x2.div(squares, sums);
    const score = f64x2.extract_lane(shares, 0) + f64x2.extract_lane(shares, 1);
    if (score > bestScore && f64x2.extract_lane(sums, 1) > 0) {
      bestScore = score;
      putF64(result, 0, score);
      putF64(result, 1, <f64>rank);
      putF64(result, 2, i + 1 < present ? <f64>i32At(ranks, i + 1) : -1);
      putF64(result, 3, <f64>i32(missing > 0 ? isMissingLeft : leftRows >= count - leftRows));
    }
  }
  return bestScore;
}

/**
 * As scan, for packed classes and weights, which are whole: all sums are exact, so that squares may be added up anew at every place,
 * in registers and in any order.
 */
function scanPacked(count: i32, missing: i32, isMissingLeft: bool, bestScore: f64): f64 {
  const sorted = sortedKeys;
  const shift = packedBits;
  const classAndWeight = (1 << shift) - 1;
  const present = count - missing;
  const total01 = v128.load(totals);
  const total23 = v128.load(totals, 16);
  const all = f64x2.add(total01, total23);
  let left01 = f64x2.splat(0);
  let left23 = f64x2.splat(0);
  let sums = f64x2(0, f64x2.extract_lane(all, 0) + f64x2.extract_lane(all, 1)); // weights left and right
  if (isMissingLeft) {
    for (let i = present; i < count; i += 1) {
      const move = moves + (<usize>(i32At(sorted, i) & classAndWeight) << 6);
      left01 = f64x2.add(left01, v128.load(move));
      left23 = f64x2.add(left23, v128.load(move, 16));
      sums = f64x2.add(sums, v128.load(move, 32));
    }
  }
  const alreadyLeft = isMissingLeft ? missing : 0;
  const firstPlace = minRows - 1 - alreadyLeft;
  const end = min(missing > 0 && !isMissingLeft ? present : present - 1, count - alreadyLeft - minRows);
  let best = f64x2.splat(bestScore);
  let bestAt = i32x4.splat(-1);
  let next = <u32>i32At(sorted, 0);
  for (let i = 0; i < end; i += 1) {
    const key = next;
    next = <u32>i32At(sorted, i + 1);
    const move = moves + (<usize>(key & classAndWeight) << 6);
    left01 = f64x2.add(left01, v128.load(move));
    left23 = f64x2.add(left23, v128.load(move, 16));
    sums = f64x2.add(sums, v128.load(move, 32));
    if (i32(key >> shift === next >> shift) | i32(i < firstPlace)) continue;
    if (minWeight > 0 && (f64x2.extract_lane(sums, 0) < minWeight || f64x2.extract_lane(sums, 1) < minWeight)) continue;
    const right01 = f64x2.sub(total01, left01);
    const right23 = f64x2.sub(total23, left23);
    const leftSquares = f64x2.add(f64x2.mul(left01, left01), f64x2.mul(left23, left23));
    const rightSquares = f64x2.add(f64x2.mul(right01, right01), f64x2.mul(right23, right23));
    const squares = f64x2.add(v128.shuffle<f64>(leftSquares, rightSquares, 0, 2), v128.shuffle<f64>(leftSquares, rightSquares, 1, 3));
    const shares = f64x2.div(squares, sums);
    const score = f64x2.add(shares, v128.shuffle<f64>(shares, shares, 1, 0));
    // the best so far without a branch, which would often be guessed wrong
    const isBetter = f64x2.gt(score, best);
    best = v128.bitselect(score, best, isBetter);
    bestAt = v128.bitselect(i32x4.splat(i), bestAt, isBetter);
  }
  const at = i32x4.extract_lane(bestAt, 0);
  if (at < 0) return bestScore;
  const leftRows = at + 1 + alreadyLeft;
  putF64(result, 0, f64x2.extract_lane(best, 0));
  putF64(result, 1, <f64>(<i32>(<u32>i32At(sorted, at) >> shift) + sortedLow));
  putF64(result, 2, at + 1 < present ? <f64>(<i32>(<u32>i32At(sorted, at + 1) >> shift) + sortedLow) : -1);
  putF64(result, 3, <f64>i32(missing > 0 ? isMissingLeft : leftRows >= count - leftRows));
  return f64x2.extract_lane(best, 0);
}
