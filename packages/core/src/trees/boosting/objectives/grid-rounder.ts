// Derivatives of the loss lie on a grid on which sums are exact.
//
// Every gradient and hessian is a multiple of one power of two, chosen so that no sum over rows reaches 2^52 of them:
// with n rows of weight 1 the power is about n / 2^51 (2^-40 for 2,000 rows, 2^-31 for a million). Doubles add such
// numbers without any error. Hence the output of a leaf does not depend on the order of its rows, nor on how many threads
// share the work.

/** Sums stay within 2^51 grid steps but for half a step of rounding per row; so each single value does, as the rounding needs. */
const GRID_BITS = 51;

/**
 * The number that, added and taken away again, rounds a double to the grid (to nearest, ties to even).
 * `largestSum`: a bound for the sum of absolute values over all rows.
 */
export function gridRounder(largestSum: number): number {
  let step = 2 ** -GRID_BITS;
  while (step * 2 ** GRID_BITS < largestSum) step *= 2;
  while (step * 2 ** (GRID_BITS - 1) >= largestSum && step > Number.MIN_VALUE) step /= 2;
  return step * 1.5 * 2 ** 52; // doubles between 2^52 and 2^53 steps lie exactly one step apart
}
