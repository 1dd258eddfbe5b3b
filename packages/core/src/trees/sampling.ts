// Random subsets, drawn with a seed and returned in ascending order.
import type { Random } from '../numeric/random.js';

/** `count` of the numbers 0 to total - 1 without replacement, ascending. Each subset is equally likely. */
export function drawSubset(total: number, count: number, random: Random): Int32Array {
  const subset = new Int32Array(count);
  let taken = 0;
  // Knuth's algorithm S: take a number with the chance (still wanted) / (still there)
  for (let i = 0; i < total && taken < count; i += 1) {
    if (random.next() * (total - i) < count - taken) {
      subset[taken] = i;
      taken += 1;
    }
  }
  return subset;
}
