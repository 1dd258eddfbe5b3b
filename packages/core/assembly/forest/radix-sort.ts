// Radix sort of many rows from the lowest digit of the rank.
import { i32At, putI32 } from './arrays';
import { buckets, keys, nodePacked, nodeRanks, otherKeys, packedBits } from './state';

/** Room for the counts of one digit. */
const DIGIT_BUCKETS: i32 = 2048;

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
 * Radix sort from the lowest digit of the rank, with as many passes as cost least; returns where the sorted keys lie. The bits below hold the
 * position, or class and weight when they are packed.
 */
export function radixSort<Key>(count: i32, low: i32, bits: i32, bitsBelow: i32): usize {
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
  return from;
}
