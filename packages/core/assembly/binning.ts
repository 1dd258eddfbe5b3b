// Kernels of packages/core/src/trees/binning/: sorting a column, and finding the bin of every value.

const RADIX_BITS: i32 = 11;
const BUCKETS: i32 = 1 << RADIX_BITS;
/** Six digits of 11 bits hold a double. */
const DIGITS: i32 = 6;

/** Integers in the order of the doubles: negative ones turned around, positive ones above them. */
@inline
function keyOf(bits: u64): u64 {
  return bits ^ (<u64>(<i64>bits >> 63) | 0x8000000000000000);
}

@inline
function bitsOf(key: u64): u64 {
  return key ^ (<u64>(<i64>~key >> 63) | 0x8000000000000000);
}

/**
 * Sorts the values of `column` ([rows] doubles) that are not NaN into `sorted`, ascending, -0 before 0; returns how many.
 * `spare` has room for as many, `counts` for 6 × 2048 int32. Radix sort from the lowest digit.
 */
export function sortPresent(column: usize, sorted: usize, spare: usize, counts: usize, rows: i32): i32 {
  memory.fill(counts, 0, <usize>(DIGITS * BUCKETS) << 2);
  let to = sorted;
  const end = column + (<usize>rows << 3);
  for (let at = column; at < end; at += 8) {
    const value = load<f64>(at);
    if (value !== value) continue;
    const key = keyOf(load<u64>(at));
    store<u64>(to, key);
    to += 8;
    for (let digit = 0; digit < DIGITS; digit += 1) {
      const count = counts + (<usize>(digit * BUCKETS + (<i32>(key >> (digit * RADIX_BITS)) & (BUCKETS - 1))) << 2);
      store<u32>(count, load<u32>(count) + 1);
    }
  }
  const present = <i32>((to - sorted) >> 3);
  let from = sorted;
  let into = spare;
  for (let digit = 0; digit < DIGITS; digit += 1) {
    const own = counts + (<usize>(digit * BUCKETS) << 2);
    if (!startsOf(own, present)) continue; // all have the same digit
    const last = from + (<usize>present << 3);
    const shift = digit * RADIX_BITS;
    for (let at = from; at < last; at += 8) {
      const key = load<u64>(at);
      const start = own + (<usize>(<i32>(key >> shift) & (BUCKETS - 1)) << 2);
      const place = load<u32>(start);
      store<u32>(start, place + 1);
      store<u64>(into + (<usize>place << 3), key);
    }
    const other = from;
    from = into;
    into = other;
  }
  for (let i: usize = 0; i < <usize>present << 3; i += 8) store<u64>(sorted + i, bitsOf(load<u64>(from + i)));
  return present;
}

/** Turns counts into where each bucket starts; false when one bucket holds all. */
function startsOf(counts: usize, present: i32): bool {
  let start: u32 = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    const at = counts + (<usize>bucket << 2);
    const count = load<u32>(at);
    if (count === <u32>present) return false;
    store<u32>(at, start);
    start += count;
  }
  return true;
}

/**
 * Distinct values of `sorted` ([count] ascending doubles of one sign, none near 0) into `values` and how often each occurs
 * into `counts` (doubles); neighbouring doubles are one value: the larger. Returns how many.
 */
export function countDistinct(sorted: usize, count: i32, values: usize, counts: usize): i32 {
  let distinct: usize = 0;
  let before: u64 = 0;
  let run: f64 = 0;
  for (let i = 0; i < count; i += 1) {
    const bits = load<u64>(sorted + (<usize>i << 3));
    const key = keyOf(bits);
    if (i === 0 || key - before > 1) {
      distinct += 8;
      run = 0;
    }
    run += 1;
    store<u64>(values + distinct - 8, bits);
    store<f64>(counts + distinct - 8, run);
    before = key;
  }
  return <i32>(distinct >> 3);
}

@inline
function search(bounds: usize, value: f64): usize {
  let at = bounds;
  for (let step: usize = 128; step > 0; step >>= 1) at += load<f64>(at + (step << 3) - 8) < value ? step << 3 : 0;
  return (at - bounds) >> 3;
}

/**
 * Writes the bin of every value of `column` ([rows]) to `bins` ([rows] bytes): the first of the 256 ascending `bounds` that
 * is not below it, or `missingBin` for NaN. The last bounds are Infinity.
 */
export function fillBins(column: usize, bounds: usize, bins: usize, rows: i32, missingBin: i32): void {
  for (let row = 0; row < rows; row += 1) {
    const value = load<f64>(column + (<usize>row << 3));
    const bin = search(bounds, value); // 0 for NaN
    store<u8>(bins + <usize>row, <u8>(value === value ? <i32>bin : missingBin));
  }
}
