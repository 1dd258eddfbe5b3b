// First and second derivatives of the softmax log loss, rounded to a grid on which sums are exact.
//
// Every gradient and hessian is a multiple of one power of two, chosen so that no sum over rows reaches 2^53 of them:
// with n rows of weight 1 the power is about n / 2^51 (2^-40 for 2,000 rows, 2^-31 for a million). Doubles add such numbers without any error. Hence histograms do not depend on the order of rows, on how many threads
// share the work, or on whether a histogram was summed up or got by subtraction: the tree is the same.

/** Gradients and hessians of all rows for one class, interleaved: [g0, h0, g1, h1, …]. */
export type Derivatives = Float64Array;

/** Sums stay within 2^51 grid steps but for half a step of rounding per row; so each single value does, as the rounding needs. */
const GRID_BITS = 51;

/**
 * The number that, added and taken away again, rounds a double to the grid (to nearest, ties to even).
 * `largestSum`: a bound for the sum of absolute values over all rows.
 */
export function gridRounder(largestSum: number): number {
  let step = 2 ** -GRID_BITS;
  while (step * 2 ** GRID_BITS < largestSum) step *= 2;
  while (step * 2 ** (GRID_BITS - 1) >= largestSum) step /= 2;
  return step * 1.5 * 2 ** 52; // doubles between 2^52 and 2^53 steps lie exactly one step apart
}

/** LightGBM's factor of the softmax hessian, classes / (classes - 1): makes two classes equal the logistic loss. */
export function hessianFactor(classes: number): number {
  return classes / (classes - 1);
}

/**
 * Fills `into` [classes][rows × 2]: gradient w (p - y) and hessian w f p (1 - p), on the grid.
 * `probabilities` is [rows × classes]; `classIndexes` and `weights` are [rows].
 */
export function fillDerivatives(
  into: readonly Derivatives[],
  probabilities: Float64Array,
  classIndexes: ArrayLike<number>,
  weights: Float64Array,
  rounder: number,
): void {
  const classes = into.length;
  const factor = hessianFactor(classes);
  for (let index = 0; index < classes; index += 1) {
    const derivatives = into[index];
    for (let row = 0, at = index; row < weights.length; row += 1, at += classes) {
      const p = probabilities[at];
      const w = weights[row];
      const gradient = w * (classIndexes[row] === index ? p - 1 : p);
      const hessian = w * factor * p * (1 - p);
      derivatives[2 * row] = gradient + rounder - rounder;
      derivatives[2 * row + 1] = hessian + rounder - rounder;
    }
  }
}
