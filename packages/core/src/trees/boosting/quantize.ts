// Gradients and hessians as whole numbers of small steps.
//
// The step is a power of two, chosen anew for every tree: so small that no sum of the tree's rows reaches 2^31 steps, hence
// about 2^-31 of the sum of absolute values. A pair of 32-bit numbers then holds what a histogram sums up, half of what
// doubles would need. Splits are sought with these numbers (LightGBM's quantised training, Shi et al. 2022, does so with
// far coarser ones); the outputs of leaves are computed from the derivatives themselves.

/** How many steps make 1. */
export interface Steps {
  readonly gradientScale: number;
  readonly hessianScale: number;
}

/** No sum of steps is larger: that half a step of rounding per row may come on top is counted in. */
export const LARGEST_SUM = 2 ** 31 - 1;

/** Scales beyond these would make products of a step with a gain overflow. */
const LARGEST_EXPONENT = 400;

/** Added and taken away again, this rounds a double below 2^51 to a whole number, to nearest, ties to even. */
const ROUNDER = 1.5 * 2 ** 52;

/** Steps for `rows` rows whose absolute gradients and hessians add up to `gradientSum` and `hessianSum`. */
export function chooseSteps(rows: number, gradientSum: number, hessianSum: number): Steps {
  return { gradientScale: scaleFor(rows, gradientSum), hessianScale: scaleFor(rows, hessianSum) };
}

function scaleFor(rows: number, sum: number): number {
  const room = LARGEST_SUM - rows / 2;
  let scale = 1;
  let exponent = 0;
  while (exponent < LARGEST_EXPONENT && sum * scale * 2 <= room) [scale, exponent] = [scale * 2, exponent + 1];
  while (exponent > -LARGEST_EXPONENT && sum * scale > room) [scale, exponent] = [scale / 2, exponent - 1];
  return scale;
}

/** Rounds `derivatives` (gradient, hessian of every row) to steps: `pairs` (hessian, gradient). */
export function quantize(pairs: Int32Array, derivatives: Float64Array, rows: number, { gradientScale, hessianScale }: Steps): void {
  for (let i = 0; i < 2 * rows; i += 2) {
    pairs[i] = derivatives[i + 1] * hessianScale + ROUNDER - ROUNDER;
    pairs[i + 1] = derivatives[i] * gradientScale + ROUNDER - ROUNDER;
  }
}
