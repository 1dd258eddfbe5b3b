// The neighbours of a double: bin bounds are placed so that a value on the midpoint falls to the left.

const double = new Float64Array(1);
const bits = new BigInt64Array(double.buffer);

/** The smallest double above x, for finite x (above the largest double: Infinity). */
export function nextDouble(x: number): number {
  if (x === 0) return Number.MIN_VALUE;
  double[0] = x;
  bits[0] += x > 0 ? 1n : -1n; // doubles of one sign are ordered as their bits are
  return double[0];
}

/** True when no double lies between `low` and `high` (low <= high), equal numbers included. */
export function isNeighbour(low: number, high: number): boolean {
  // no two neighbours are farther apart than this; the exact test is slower
  if (high - low > Math.abs(low) * 2 ** -51 + Number.MIN_VALUE) return false;
  return high <= nextDouble(low);
}
