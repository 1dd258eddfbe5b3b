// The float32 numbers beside a double: XGBoost's and ONNX's trees compare float32, ours compare doubles.
import { nextDouble } from '../binning/next-double.js';

const single = new Float32Array(1);
const bits = new Int32Array(single.buffer);

/** 2^128: what overflow rounds away from, as if the float32 numbers went on. */
const BEYOND_FLOAT32 = 2 ** 128;

/** The largest float32 below `x`, a finite float32; for the lowest one the number that would come next, -2^128. */
export function previousFloat32(x: number): number {
  if (x === 0) return -(2 ** -149);
  single[0] = x;
  bits[0] += x > 0 ? -1 : 1; // float32 of one sign are ordered as their bits are
  return single[0] === -Infinity ? -BEYOND_FLOAT32 : single[0];
}

/** The largest float32 at or below `x`; -Infinity below the lowest one. `x` is not NaN. */
export function floorToFloat32(x: number): number {
  const rounded = Math.fround(x);
  if (rounded <= x) return rounded;
  if (rounded === Infinity) return 2 ** 128 - 2 ** 104; // the largest float32
  return x < -(2 ** 128 - 2 ** 104) ? -Infinity : previousFloat32(rounded);
}

/**
 * The largest double that rounds to a float32 below `threshold`, a finite float32:
 * `Math.fround(x) < threshold` exactly when `x <= lastDoubleBelow(threshold)`, for every x.
 */
export function lastDoubleBelow(threshold: number): number {
  const below = previousFloat32(threshold);
  const middle = below + (threshold - below) / 2; // exact: float32 leave room in doubles
  return Math.fround(middle) < threshold ? middle : previousDouble(middle); // a tie goes to the even float32
}

function previousDouble(x: number): number {
  return -nextDouble(-x);
}
