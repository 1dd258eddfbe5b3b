// First and second derivatives of the softmax log loss by the scores: gradient w (p - y), hessian w f p (1 - p).
import { exp } from '../../../numeric/exp.js';

/**
 * Where derivatives are computed from and to. Everything is laid out score by score: [scores × stride], where `stride` is
 * the number of rows made even.
 */
export interface DerivativeArrays {
  readonly rows: number;
  readonly stride: number;
  /** [scores × stride] */
  readonly scores: Float64Array;
  /** [stride] class of every row. */
  readonly labels: Uint8Array;
  /** [stride]; 0 for the row that makes the number even. */
  readonly weights: Float64Array;
  /** [scores × stride × 2] gradient and hessian, interleaved. */
  readonly derivatives: Float64Array;
  /** [scores × 2] sums of absolute gradients and of hessians. */
  readonly sums: Float64Array;
}

/** Rounders of gradients and hessians (grid-rounder.ts), and the factor of the hessian. */
export interface DerivativeScales {
  readonly gradientRounder: number;
  readonly hessianRounder: number;
  readonly factor: number;
}

/** LightGBM's factor of the softmax hessian, classes / (classes - 1): makes two classes equal the logistic loss. */
export function hessianFactor(classes: number): number {
  return classes / (classes - 1);
}

/** Fills `derivatives` and `sums` for all rows and classes. Softmax as in numeric/softmax.ts. */
export function softmaxDerivatives(arrays: DerivativeArrays, classes: number, { gradientRounder, hessianRounder, factor }: DerivativeScales): void {
  const { rows, stride, scores, labels, weights, derivatives, sums } = arrays;
  const powers = new Float64Array(classes);
  sums.fill(0);
  for (let row = 0; row < rows; row += 1) {
    let largest = scores[row];
    for (let k = 1; k < classes; k += 1) if (scores[k * stride + row] > largest) largest = scores[k * stride + row];
    let total = 0;
    for (let k = 0; k < classes; k += 1) {
      const score = scores[k * stride + row];
      powers[k] = score === largest ? 1 : exp(score - largest); // exp(0) is 1
      total += powers[k];
    }
    const weight = weights[row];
    for (let k = 0; k < classes; k += 1) {
      const p = powers[k] / total;
      const gradient = weight * (labels[row] === k ? p - 1 : p) + gradientRounder - gradientRounder;
      const hessian = weight * factor * p * (1 - p) + hessianRounder - hessianRounder;
      const at = 2 * (k * stride + row);
      derivatives[at] = gradient;
      derivatives[at + 1] = hessian;
      sums[2 * k] += Math.abs(gradient);
      sums[2 * k + 1] += hessian;
    }
  }
}
