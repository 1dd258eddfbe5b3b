// The output of a leaf that lowers the loss most: the Newton step -G / (H + lambda), with G made smaller by the L1 penalty.
import { shrinkToZero } from './split-search.js';

/** LightGBM's kEpsilon: keeps the output of a leaf without hessian finite. */
const EPSILON = 1e-15;

/** From the sums of a leaf's gradients and hessians themselves (not in steps), before the learning rate. */
export function leafOutput(gradient: number, hessian: number, { lambdaL1, lambdaL2 }: { readonly lambdaL1: number; readonly lambdaL2: number }): number {
  return -shrinkToZero(gradient, lambdaL1) / (hessian + EPSILON + lambdaL2);
}
