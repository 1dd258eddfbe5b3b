// The standard normal distribution with the same bits in every engine: its upper tail by a series near the middle and by a continued
// fraction (Abramowitz and Stegun 26.2.11 and 26.2.14) far out, its quantile by bisection.
import { exp } from './exp.js';

const ROOT_TWO_PI = 2.5066282746310002;
/** Below this the series needs fewer terms than the fraction. */
const FAR = 3;
const FRACTION_TERMS = 60;
/** exp underflows beyond. */
const LARGEST = 38;

/**
 * The chance that a standard normal variable is at least `x`.
 * @example normalTail(1.959963984540054) // 0.025
 */
export function normalTail(x: number): number {
  if (x !== x) return Number.NaN;
  if (x < 0) return 1 - normalTail(-x);
  if (x > LARGEST) return 0;
  const density = exp((-x * x) / 2) / ROOT_TWO_PI;
  if (x >= FAR) {
    let fraction = 0;
    for (let term = FRACTION_TERMS; term >= 1; term -= 1) fraction = term / (x + fraction);
    return density / (x + fraction);
  }
  let term = x;
  let sum = x;
  for (let odd = 3; term > 1e-17 * sum; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return 0.5 - density * sum;
}

/**
 * The value that a standard normal variable stays above with the chance `tail`, above 0 and below 1.
 * @example normalQuantile(0.025) // 1.959963984540054
 */
export function normalQuantile(tail: number): number {
  if (!(tail > 0 && tail < 1)) return Number.NaN;
  let low = -LARGEST;
  let high = LARGEST;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return high;
    if (normalTail(middle) > tail) low = middle;
    else high = middle;
  }
}
