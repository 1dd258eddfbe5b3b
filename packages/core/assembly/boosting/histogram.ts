// trees/boosting/histogram.ts as kernels. A histogram has 2048 bytes per feature: for each of 256 bins a pair of 32-bit
// sums, hessian low and gradient high. One 64-bit addition adds both: hessians are not negative and their sums stay below
// 2^31, so nothing is ever carried from the low half into the high one.

const FEATURE_BYTES: usize = 2048;

/** Features of a group, whose bins lie side by side in 8 bytes per row. */
const GROUP: i32 = 8;

@inline
function add(histogram: usize, bin: usize, pair: i64): void {
  const at = histogram + (bin << 3);
  store<i64>(at, load<i64>(at) + pair);
}

/** Adds `pair` to the bins of four features whose numbers lie at `bins`. */
@inline
function addFour(histogram: usize, bins: usize, pair: i64): void {
  add(histogram, <usize>load<u8>(bins, 0), pair);
  add(histogram + FEATURE_BYTES, <usize>load<u8>(bins, 1), pair);
  add(histogram + 2 * FEATURE_BYTES, <usize>load<u8>(bins, 2), pair);
  add(histogram + 3 * FEATURE_BYTES, <usize>load<u8>(bins, 3), pair);
}

@inline
function addGroup(histogram: usize, bins: usize, pair: i64, isHalf: bool): void {
  addFour(histogram, bins, pair);
  if (!isHalf) addFour(histogram + 4 * FEATURE_BYTES, bins + 4, pair);
}

/** All rows from `begin` to `end`, in their order. */
@inline
function addStretch(histogram: usize, bins: usize, pairs: usize, begin: i32, end: i32, isHalf: bool): void {
  const stop = pairs + (<usize>end << 3);
  bins += <usize>begin << 3;
  for (let pair = pairs + (<usize>begin << 3); pair < stop; pair += 8) {
    addGroup(histogram, bins, load<i64>(pair), isHalf);
    bins += 8;
  }
}

/** The rows whose numbers stand from `row` to `end`. The next number is read ahead: its address then waits for nothing. */
@inline
function addRows(histogram: usize, bins: usize, pairs: usize, row: usize, end: usize, isHalf: bool): void {
  let next = <usize>load<u32>(row) << 3;
  while (row < end) {
    const at = next;
    row += 4;
    next = <usize>load<u32>(row) << 3; // past the end there is room to read
    addGroup(histogram, bins + at, load<i64>(pairs + at), isHalf);
  }
}

/**
 * Sets the histograms of feature groups `fromGroup` to `toGroup` to the sums over rows [begin, end) of `rows`, or over the
 * rows of these very numbers when `rows` is 0. `bins`: [groups × rowCount × 8] bytes; `pairs`: [rowCount] of 64 bits.
 */
export function fillHistogram(histogram: usize, bins: usize, rowCount: i32, width: i32, pairs: usize, rows: usize, begin: i32, end: i32, fromGroup: i32, toGroup: i32): void {
  for (let group = fromGroup; group < toGroup; group += 1) {
    const sums = histogram + <usize>(group * GROUP) * FEATURE_BYTES;
    const own = bins + <usize>group * (<usize>rowCount << 3);
    const isHalf = width - group * GROUP <= GROUP / 2;
    memory.fill(sums, 0, isHalf ? (GROUP / 2) * FEATURE_BYTES : GROUP * FEATURE_BYTES);
    if (begin >= end) continue;
    const first = rows + (<usize>begin << 2);
    const last = rows + (<usize>end << 2);
    if (rows === 0) {
      if (isHalf) addStretch(sums, own, pairs, begin, end, true);
      else addStretch(sums, own, pairs, begin, end, false);
    } else if (isHalf) addRows(sums, own, pairs, first, last, true);
    else addRows(sums, own, pairs, first, last, false);
  }
}

/** Parent minus child, in place of the parent; `bytes` is a multiple of 64. */
export function subtractHistogram(parent: usize, child: usize, bytes: usize): void {
  const end = parent + bytes;
  while (parent < end) {
    v128.store(parent, i64x2.sub(v128.load(parent), v128.load(child)));
    v128.store(parent, i64x2.sub(v128.load(parent, 16), v128.load(child, 16)), 16);
    v128.store(parent, i64x2.sub(v128.load(parent, 32), v128.load(child, 32)), 32);
    v128.store(parent, i64x2.sub(v128.load(parent, 48), v128.load(child, 48)), 48);
    parent += 64;
    child += 64;
  }
}
