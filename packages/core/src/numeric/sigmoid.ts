// The logistic function: a score to a probability.
import { exp } from './exp.js';

/** 1 / (1 + exp(-x)), without overflow; the same bits in every engine. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x));
  const power = exp(x);
  return power / (1 + power);
}
