// Sorts a node by the ranks of one feature: sort-node.
import { i32At, putI32 } from './arrays';
import { radixSort } from './radix-sort';
import { allRows, keys, nodePacked, nodeRanks, order, packedBits, rankBytes, sample, sortedRanks, spare, table } from './state';

/** Up to so many rows are sorted by counting, for each, how many are smaller: no branches. Six bits hold a position. */
const FEW: i32 = 64;
const POSITION_BITS: i32 = 6;
/** Rank and position must share 31 bits. */
const FEW_RANGE: i32 = 1 << (31 - POSITION_BITS);

/** Where packed keys were sorted to: u32, rank - sortedLow above packedBits. */
export let sortedKeys: usize = 0;
export let sortedLow: i32 = 0;

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
    else sortedKeys = radixSort<u32>(count, low, 32 - clz(high - low), packedBits);
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
    readKeys<u32>(radixSort<u32>(count, low, bits, positionBits), count, low, positionBits);
  } else {
    readKeys<u64>(radixSort<u64>(count, low, bits, 32), count, low, 32);
  }
}

function readKeys<Key>(from: usize, count: i32, low: i32, positionBits: i32): void {
  const mask = <i32>((<u64>1 << <u64>positionBits) - 1);
  for (let i = 0; i < count; i += 1) {
    const key = load<Key>(from + (<usize>i << alignof<Key>()));
    putI32(order, i, <i32>key & mask);
    putI32(sortedRanks, i, low + <i32>(key >> <Key>positionBits));
  }
}
