// The curves between layers, through numeric/exp: the same bits in every engine. Absolute error below 1e-15.
import { exp } from '../../numeric/exp.js';

/** 1 / (1 + e^-x), from 0 to 1. */
export function sigmoid(x: number): number {
  return 1 / (1 + exp(-x));
}

/** The hyperbolic tangent, from -1 to 1. */
export function tanh(x: number): number {
  return 1 - 2 / (exp(2 * x) + 1);
}

/** x where it is above 0, else 0. */
export function relu(x: number): number {
  return x > 0 ? x : 0;
}
