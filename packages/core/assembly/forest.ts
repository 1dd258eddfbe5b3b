// Kernels of forests: the same operations, in the same order of sums, as the TypeScript of packages/core/src/trees/forest/
// (enter-node, sort-node, gini-split, gini-histogram, random-split, partition-node), which is the account to read first.
// A node is a range of `sample`; what is gathered for it lies at the beginning of the node arrays. Plain f64 arithmetic only.

/** Up to so many rows are sorted by counting, for each, how many are smaller: no branches. Six bits hold a position. */
const FEW: i32 = 64;
const POSITION_BITS: i32 = 6;
/** Buckets that counts of one digit have room for. */
const DIGIT_BUCKETS: i32 = 2048;
/** Rank and position must share 31 bits. */
const FEW_RANGE: i32 = 1 << (31 - POSITION_BITS);

let allRows: i32 = 0;
let classes: i32 = 0;
/** Bytes per rank: 1, 2 or 4. */
let rankBytes: i32 = 4;
let minRows: i32 = 1;
let minWeight: f64 = 0;
// pointers
let table: usize = 0; // [features × rows] ranks, or values as f64
let classIndexes: usize = 0; // u8 [rows]
let weights: usize = 0; // f64 [rows]
let draws: usize = 0; // i32 [rows]
let sample: usize = 0; // i32, rows in the order of nodes
let spare: usize = 0; // i32
let nodeClasses: usize = 0; // u8
let nodeWeights: usize = 0; // f64
let nodeRanks: usize = 0; // i32
let keys: usize = 0; // u64
let otherKeys: usize = 0; // u64
let buckets: usize = 0; // i32
let order: usize = 0; // i32
let sortedRanks: usize = 0; // i32
let totals: usize = 0; // f64 [classes]
let sides: usize = 0; // f64 [classes × 2], left and right of a class beside each other
let histogram: usize = 0; // f64 [256 × classes]
let rankRows: usize = 0; // i32 [256]
let result: usize = 0; // f64 [4]
/** A tree of whole weights and at most four classes, of which class and weight are packed; 0 bits: not so. */
let packedBits: i32 = 0;
let packed: usize = 0; // i32 [rows] class, and weight above two bits
let nodePacked: usize = 0; // i32
let moves: usize = 0; // f64 [2^packedBits × 8]: weight at the place of the class (4), weight, -weight
/** Where sortPacked left its result: u32, rank - sortedLow above packedBits. */
let sortedKeys: usize = 0;
let sortedLow: i32 = 0;

export function setUp(
  rowCount: i32, classCount: i32, bytesPerRank: i32, fewestRows: i32, leastWeight: f64, tableAt: usize, classIndexesAt: usize, weightsAt: usize, drawsAt: usize, sampleAt: usize,
  spareAt: usize, nodeClassesAt: usize, nodeWeightsAt: usize, nodeRanksAt: usize, keysAt: usize, otherKeysAt: usize, bucketsAt: usize, orderAt: usize, sortedRanksAt: usize,
  totalsAt: usize, sidesAt: usize, histogramAt: usize, rankRowsAt: usize, resultAt: usize, packedAt: usize, nodePackedAt: usize, movesAt: usize,
): void {
  allRows = rowCount;
  classes = classCount;
  rankBytes = bytesPerRank;
  minRows = fewestRows;
  minWeight = leastWeight;
  table = tableAt;
  classIndexes = classIndexesAt;
  weights = weightsAt;
  draws = drawsAt;
  sample = sampleAt;
  spare = spareAt;
  nodeClasses = nodeClassesAt;
  nodeWeights = nodeWeightsAt;
  nodeRanks = nodeRanksAt;
  keys = keysAt;
  otherKeys = otherKeysAt;
  buckets = bucketsAt;
  order = orderAt;
  sortedRanks = sortedRanksAt;
  totals = totalsAt;
  sides = sidesAt;
  histogram = histogramAt;
  rankRows = rankRowsAt;
  result = resultAt;
  packed = packedAt;
  nodePacked = nodePackedAt;
  moves = movesAt;
  packedBits = 0;
}

/** For the next tree: how many bits class and weight take together, or 0 when weights are not whole or there are more classes. */
export function setPacked(bits: i32): void {
  packedBits = bits;
}

function i32At(base: usize, index: i32): i32 {
  return load<i32>(base + (<usize>index << 2));
}

function putI32(base: usize, index: i32, value: i32): void {
  store<i32>(base + (<usize>index << 2), value);
}

function f64At(base: usize, index: i32): f64 {
  return load<f64>(base + (<usize>index << 3));
}

function putF64(base: usize, index: i32, value: f64): void {
  store<f64>(base + (<usize>index << 3), value);
}

/** Gathers classes and weights of a node, sums them into `totals`, and returns how often its rows were drawn. */
export function enterNode(begin: i32, count: i32): f64 {
  if (packedBits > 0) return enterPacked(begin, count);
  const from = sample + (<usize>begin << 2);
  const toClasses = nodeClasses;
  const toWeights = nodeWeights;
  const sums = totals;
  memory.fill(sums, 0, <usize>classes << 3);
  let cover: i64 = 0;
  for (let i = 0; i < count; i += 1) {
    const row = i32At(from, i);
    const index = <i32>load<u8>(classIndexes + row);
    const weight = f64At(weights, row);
    store<u8>(toClasses + i, index);
    putF64(toWeights, i, weight);
    putF64(sums, index, f64At(sums, index) + weight);
    cover += i32At(draws, row);
  }
  return <f64>cover;
}

function enterPacked(begin: i32, count: i32): f64 {
  const from = sample + (<usize>begin << 2);
  let sum01 = f64x2.splat(0);
  let sum23 = f64x2.splat(0);
  let cover: i64 = 0;
  for (let i = 0; i < count; i += 1) {
    const row = i32At(from, i);
    const own = i32At(packed, row);
    putI32(nodePacked, i, own);
    const move = moves + (<usize>own << 6);
    sum01 = f64x2.add(sum01, v128.load(move));
    sum23 = f64x2.add(sum23, v128.load(move, 16));
    cover += i32At(draws, row);
  }
  v128.store(totals, sum01); // arrays end with room
  v128.store(totals, sum23, 16);
  return <f64>cover;
}

/** Sorts a node by one feature; 0 when the feature is constant in it. */
export function sortNode(feature: i32, begin: i32, count: i32): i32 {
  const column = table + <usize>feature * <usize>allRows * <usize>rankBytes;
  return rankBytes === 1 ? sortRanks<u8>(column, begin, count) : rankBytes === 2 ? sortRanks<u16>(column, begin, count) : sortRanks<i32>(column, begin, count);
}

function sortRanks<T>(column: usize, begin: i32, count: i32): i32 {
  const from = sample + (<usize>begin << 2);
  const ranks = nodeRanks;
  let low = i32.MAX_VALUE;
  let high = -1;
  for (let i = 0; i < count; i += 1) {
    const rank = <i32>load<T>(column + (<usize>i32At(from, i) << alignof<T>()));
    putI32(ranks, i, rank);
    low = min(low, rank);
    high = max(high, rank);
  }
  if (low === high) return 0;
  if (packedBits > 0) {
    sortedLow = low;
    if (count <= FEW && high - low < FEW_RANGE) sortFewPacked(count, low);
    else radixSort<u32>(count, low, 32 - clz(high - low), packedBits);
    return 1;
  }
  if (count <= FEW && high - low < FEW_RANGE) sortFew(count, low);
  else sortMany(count, low, 32 - clz(high - low));
  return 1;
}

function sortFew(count: i32, low: i32): void {
  countSmaller(count, low);
  for (let i = 0; i < count; i += 1) {
    const at = i32At(spare, i);
    putI32(order, at, i);
    putI32(sortedRanks, at, low + (i32At(nodeRanks, i) >> POSITION_BITS));
  }
}

function sortFewPacked(count: i32, low: i32): void {
  countSmaller(count, low);
  sortedKeys = keys;
  for (let i = 0; i < count; i += 1) {
    putI32(keys, i32At(spare, i), ((i32At(nodeRanks, i) >> POSITION_BITS) << packedBits) | i32At(nodePacked, i));
  }
}

/** Puts the place of each row in the order of ranks into `spare`; `nodeRanks` then holds rank - low above the position. */
function countSmaller(count: i32, low: i32): void {
  const ranks = nodeRanks;
  const places = spare;
  for (let i = 0; i < count; i += 1) putI32(ranks, i, ((i32At(ranks, i) - low) << POSITION_BITS) | i);
  for (let i = count; i < ((count + 7) & ~7); i += 1) putI32(ranks, i, i32.MAX_VALUE);
  for (let i = 0; i < count; i += 8) {
    const at = <usize>i << 2;
    const first = v128.load(ranks + at);
    const second = v128.load(ranks + at, 16);
    let smallerFirst = i32x4.splat(0);
    let smallerSecond = i32x4.splat(0);
    for (let j = 0; j < count; j += 1) {
      const one = v128.load_splat<i32>(ranks + (<usize>j << 2));
      smallerFirst = i32x4.sub(smallerFirst, i32x4.lt_s(one, first));
      smallerSecond = i32x4.sub(smallerSecond, i32x4.lt_s(one, second));
    }
    v128.store(places + at, smallerFirst);
    v128.store(places + at, smallerSecond, 16);
  }
}

/** Sorts by rank; keys are rank and position in one number. */
function sortMany(count: i32, low: i32, bits: i32): void {
  const positionBits = 32 - clz(count - 1);
  if (bits + positionBits <= 32) {
    radixSort<u32>(count, low, bits, positionBits);
    readKeys<u32>(count, low, positionBits);
  } else {
    radixSort<u64>(count, low, bits, 32);
    readKeys<u64>(count, low, 32);
  }
}

function readKeys<Key>(count: i32, low: i32, positionBits: i32): void {
  const mask = <i32>((<u64>1 << <u64>positionBits) - 1);
  for (let i = 0; i < count; i += 1) {
    const key = load<Key>(sortedKeys + (<usize>i << alignof<Key>()));
    putI32(order, i, <i32>key & mask);
    putI32(sortedRanks, i, low + <i32>(key >> <Key>positionBits));
  }
}

function cost(count: i32, bits: i32, passes: i32): i32 {
  return passes * (2 * count + (1 << ((bits + passes - 1) / passes)));
}

function addOne(counts: usize, digit: i32): void {
  putI32(counts, digit, i32At(counts, digit) + 1);
}

/** Zeroes `count` numbers and up to three behind them. */
function clear(numbers: usize, count: i32): void {
  for (let i = 0; i < count; i += 4) v128.store(numbers + (<usize>i << 2), i32x4.splat(0));
}

/**
 * Radix sort from the lowest digit of the rank, with as many passes as cost least, to `sortedKeys`. The bits below hold the
 * position, or class and weight when they are packed.
 */
function radixSort<Key>(count: i32, low: i32, bits: i32, bitsBelow: i32): void {
  let passes = 1;
  while (passes < 4 && cost(count, bits, passes + 1) < cost(count, bits, passes)) passes += 1;
  while ((bits + passes - 1) / passes > 11) passes += 1; // room in `buckets`
  const digits = (bits + passes - 1) / passes;
  const mask = (1 << digits) - 1;
  const counts = buckets;
  for (let pass = 0; pass < passes; pass += 1) clear(counts + ((<usize>pass * DIGIT_BUCKETS) << 2), mask + 1);
  let from = keys;
  let to = otherKeys;
  const isPacked = packedBits > 0;
  for (let i = 0; i < count; i += 1) {
    const rank = i32At(nodeRanks, i) - low;
    store<Key>(from + (<usize>i << alignof<Key>()), (<Key>rank << <Key>bitsBelow) | <Key>(isPacked ? i32At(nodePacked, i) : i));
    addOne(counts, rank & mask);
    if (passes === 1) continue;
    addOne(counts, DIGIT_BUCKETS + ((rank >> digits) & mask));
    if (passes === 2) continue;
    addOne(counts, 2 * DIGIT_BUCKETS + ((rank >> (2 * digits)) & mask));
    if (passes === 4) addOne(counts, 3 * DIGIT_BUCKETS + ((rank >> (3 * digits)) & mask));
  }
  for (let pass = 0; pass < passes; pass += 1) {
    const own = counts + ((<usize>pass * DIGIT_BUCKETS) << 2);
    let sum = 0;
    for (let digit = 0; digit <= mask; digit += 1) {
      const here = i32At(own, digit);
      putI32(own, digit, sum);
      sum += here;
    }
    const shift = <Key>(bitsBelow + pass * digits);
    for (let i = 0; i < count; i += 1) {
      const key = load<Key>(from + (<usize>i << alignof<Key>()));
      const at = own + (<usize>(<i32>(key >> shift) & mask) << 2);
      const next = load<i32>(at);
      store<Key>(to + (<usize>next << alignof<Key>()), key);
      store<i32>(at, next + 1);
    }
    const swapped = from;
    from = to;
    to = swapped;
  }
  sortedKeys = from;
}

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

/** Puts least and greatest present value into `result`; returns how many values are missing. */
export function valueRange(feature: i32, begin: i32, count: i32): i32 {
  const from = sample + (<usize>begin << 2);
  const column = table + ((<usize>feature * <usize>allRows) << 3);
  let low = f64x2.splat(Infinity);
  let high = f64x2.splat(-Infinity);
  let missing = 0;
  for (let i = 0; i < count; i += 1) {
    const value = v128.load_splat<f64>(column + (<usize>i32At(from, i) << 3));
    const plain = f64x2.extract_lane(value, 0);
    missing += i32(plain !== plain);
    low = f64x2.pmin(low, value); // keeps its first when the second is NaN
    high = f64x2.pmax(high, value);
  }
  putF64(result, 0, f64x2.extract_lane(low, 0));
  putF64(result, 1, f64x2.extract_lane(high, 0));
  return missing;
}

/** Sums the weights of each class whose value is at or below `threshold` into the beginning of `sides`; returns how many rows. */
export function sumLeft(feature: i32, begin: i32, count: i32, threshold: f64, isMissingLeft: i32): i32 {
  const from = sample + (<usize>begin << 2);
  const column = table + ((<usize>feature * <usize>allRows) << 3);
  if (packedBits > 0) return sumLeftPacked(column, from, count, threshold, isMissingLeft);
  const both = sides;
  for (let index = 0; index < classes; index += 1) putF64(both, index, 0);
  let leftRows = 0;
  for (let i = 0; i < count; i += 1) {
    const value = f64At(column, i32At(from, i));
    const goesLeft = i32(value <= threshold) | (i32(value !== value) & isMissingLeft);
    const at = both + (<usize>load<u8>(nodeClasses + i) << 3);
    store<f64>(at, load<f64>(at) + (goesLeft ? f64At(nodeWeights, i) : 0));
    leftRows += goesLeft;
  }
  return leftRows;
}

function sumLeftPacked(column: usize, from: usize, count: i32, threshold: f64, isMissingLeft: i32): i32 {
  const missingLeft = i64x2.splat(-<i64>isMissingLeft);
  const limit = f64x2.splat(threshold);
  let left01 = f64x2.splat(0);
  let left23 = f64x2.splat(0);
  let leftRows = i64x2.splat(0);
  for (let i = 0; i < count; i += 1) {
    const value = v128.load_splat<f64>(column + (<usize>i32At(from, i) << 3));
    const goesLeft = v128.or(f64x2.le(value, limit), v128.and(f64x2.ne(value, value), missingLeft));
    const move = moves + (<usize>i32At(nodePacked, i) << 6);
    left01 = f64x2.add(left01, v128.and(goesLeft, v128.load(move)));
    left23 = f64x2.add(left23, v128.and(goesLeft, v128.load(move, 16)));
    leftRows = i64x2.sub(leftRows, goesLeft);
  }
  v128.store(sides, left01); // arrays end with room
  v128.store(sides, left23, 16);
  return <i32>i64x2.extract_lane(leftRows, 0);
}

/** Rows whose rank is at most `leftRank`, or is `alsoLeft`, come first; returns how many. */
export function partitionByRank(feature: i32, begin: i32, count: i32, leftRank: i32, alsoLeft: i32): i32 {
  const column = table + <usize>feature * <usize>allRows * <usize>rankBytes;
  return rankBytes === 1
    ? partitionRanks<u8>(column, begin, count, leftRank, alsoLeft)
    : rankBytes === 2
      ? partitionRanks<u16>(column, begin, count, leftRank, alsoLeft)
      : partitionRanks<i32>(column, begin, count, leftRank, alsoLeft);
}

function partitionRanks<T>(column: usize, begin: i32, count: i32, leftRank: i32, alsoLeft: i32): i32 {
  const from = sample + (<usize>begin << 2);
  let left = from;
  let right = spare;
  for (let i = 0; i < count; i += 1) {
    const row = i32At(from, i);
    const rank = <i32>load<T>(column + (<usize>row << alignof<T>()));
    const goesLeft = i32(rank <= leftRank) | i32(rank === alsoLeft);
    // write to both sides, advance one: no branch that the processor could guess wrong
    store<i32>(left, row);
    store<i32>(right, row);
    left += <usize>goesLeft << 2;
    right += <usize>(1 - goesLeft) << 2;
  }
  memory.copy(left, spare, right - spare);
  return <i32>((left - from) >> 2);
}

/** Rows whose value is at or below `threshold`, and missing ones where they go left, come first; returns how many. */
export function partitionByValue(feature: i32, begin: i32, count: i32, threshold: f64, isMissingLeft: i32): i32 {
  const column = table + ((<usize>feature * <usize>allRows) << 3);
  const from = sample + (<usize>begin << 2);
  let left = from;
  let right = spare;
  for (let i = 0; i < count; i += 1) {
    const row = i32At(from, i);
    const value = f64At(column, row);
    const goesLeft = i32(value <= threshold) | (i32(value !== value) & isMissingLeft);
    store<i32>(left, row);
    store<i32>(right, row);
    left += <usize>goesLeft << 2;
    right += <usize>(1 - goesLeft) << 2;
  }
  memory.copy(left, spare, right - spare);
  return <i32>((left - from) >> 2);
}
