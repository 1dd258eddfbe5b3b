// How often each class occurs.

/** A class without training rows gets the logarithm of this share as its start score (LightGBM's kEpsilon). */
export const SHARE_OF_ABSENT_CLASS = 1e-15;

/** Each class's share of the total weight. */
export function classShares(targets: Float64Array, weights: Float64Array, classes: number): Float64Array {
  const shares = new Float64Array(classes);
  let total = 0;
  for (let row = 0; row < targets.length; row += 1) {
    shares[targets[row]] += weights[row];
    total += weights[row];
  }
  return shares.map((share) => share / total);
}
