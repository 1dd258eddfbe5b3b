// Sorts the rows of a node by rank, equal ranks by their position in the node: a radix sort from the lowest digit, which
// compares nothing; few rows by insertion.
import type { ForestArrays } from './forest-memory.js';

/** Under so many rows insertion sort is faster. */
const FEW = 16;
const DIGIT_BITS = 8;
const DIGIT_MASK = 2 ** DIGIT_BITS - 1;

/** Ranks of a node's rows from `table` into `nodeRanks`; false when all are equal. */
export function gatherRanks({ table, sample, nodeRanks }: ForestArrays, columnAt: number, begin: number, count: number): boolean {
  const first = table[columnAt + sample[begin]];
  let isVarying = false;
  for (let i = 0; i < count; i += 1) {
    const rank = table[columnAt + sample[begin + i]];
    nodeRanks[i] = rank;
    if (rank !== first) isVarying = true;
  }
  return isVarying;
}

/** Sorts `nodeRanks` into `sortedRanks`, and the positions where they were into `order`. `keys` and `otherKeys` are overwritten. */
export function sortRanks(arrays: ForestArrays, count: number): void {
  if (count < FEW) insertionSort(arrays, count);
  else radixSort(arrays, count);
}

function insertionSort({ nodeRanks, sortedRanks, order }: ForestArrays, count: number): void {
  for (let i = 0; i < count; i += 1) {
    const rank = nodeRanks[i];
    let j = i;
    for (; j > 0 && sortedRanks[j - 1] > rank; j -= 1) {
      sortedRanks[j] = sortedRanks[j - 1];
      order[j] = order[j - 1];
    }
    sortedRanks[j] = rank;
    order[j] = i;
  }
}

function radixSort({ nodeRanks, sortedRanks, order, keys, otherKeys, buckets }: ForestArrays, count: number): void {
  let greatest = 0;
  for (let i = 0; i < count; i += 1) greatest = Math.max(greatest, nodeRanks[i]);
  let from = keys;
  let to = otherKeys;
  for (let i = 0; i < count; i += 1) from[i] = i;
  for (let shift = 0; greatest >>> shift > 0; shift += DIGIT_BITS) {
    // `from` and `to` hold positions in the node
    buckets.fill(0, 0, DIGIT_MASK + 1);
    for (let i = 0; i < count; i += 1) buckets[(nodeRanks[i] >>> shift) & DIGIT_MASK] += 1;
    let sum = 0;
    for (let digit = 0; digit <= DIGIT_MASK; digit += 1) {
      const here = buckets[digit];
      buckets[digit] = sum;
      sum += here;
    }
    for (let i = 0; i < count; i += 1) {
      const digit = (nodeRanks[from[i]] >>> shift) & DIGIT_MASK;
      to[buckets[digit]] = from[i];
      buckets[digit] += 1;
    }
    [from, to] = [to, from];
  }
  for (let i = 0; i < count; i += 1) {
    order[i] = from[i];
    sortedRanks[i] = nodeRanks[from[i]];
  }
}
