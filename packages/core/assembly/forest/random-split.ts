// Random thresholds: valueRange and sumLeft of plain-operations.
import { f64At, i32At, putF64 } from './arrays';
import { allRows, classes, moves, nodeClasses, nodePacked, nodeWeights, packedBits, result, sample, sides, table } from './state';

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
