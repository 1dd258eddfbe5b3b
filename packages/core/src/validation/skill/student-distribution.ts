// Student's t distribution for whole degrees of freedom, with the same bits in every engine: upper tail by the continued fraction of
// the incomplete beta function (Press et al., Numerical Recipes, 6.4; modified Lentz), quantile by bisection.
import { exp } from '../../numeric/exp.js';
import { log } from '../../numeric/log.js';

const PI = 3.141592653589793;
const TINY = 1e-300;
/** The fraction settles far earlier for all degrees of freedom that blocks can give. */
const MOST_TERMS = 1000;

/**
 * The chance that Student's t with `freedom` degrees of freedom (an integer of at least 1) is at least `t`.
 * @example studentTail(2, 10) // 0.0366940...
 */
export function studentTail(t: number, freedom: number): number {
  if (t !== t) return Number.NaN;
  const square = t * t;
  if (square === Number.POSITIVE_INFINITY) return t > 0 ? 0 : 1;
  // I_x(freedom / 2, 1 / 2) is the chance of a |t| this large; near t = 0 the fraction settles faster for the other side
  const x = freedom / (freedom + square);
  const isFar = x < (freedom / 2 + 1) / (freedom / 2 + 2.5);
  const both = isFar ? incompleteBeta(x, square / (freedom + square), freedom / 2, 0.5, freedom) : 1 - incompleteBeta(square / (freedom + square), x, 0.5, freedom / 2, freedom);
  return t > 0 ? both / 2 : 1 - both / 2;
}

/**
 * The t that Student's t with `freedom` degrees of freedom stays above with the chance `tail` (above 0, at most 0.5).
 * @example studentQuantile(0.025, 10) // 2.2281388...
 */
export function studentQuantile(tail: number, freedom: number): number {
  let high = 1;
  while (studentTail(high, freedom) > tail) high *= 2;
  let low = 0;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return high;
    if (studentTail(middle, freedom) > tail) low = middle;
    else high = middle;
  }
}

/** The regularized incomplete beta function I_x(a, b), one of a and b being 1/2 and the other freedom / 2; `rest` is 1 - x without cancellation. */
function incompleteBeta(x: number, rest: number, a: number, b: number, freedom: number): number {
  if (x === 0) return 0;
  const front = exp(a * log(x) + b * log(rest)) / betaWithHalf(freedom);
  let c = 1;
  let d = 1 / notZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= MOST_TERMS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / notZero(1 + even * d);
    c = notZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / notZero(1 + odd * d);
    c = notZero(1 + odd / c);
    const change = d * c;
    fraction *= change;
    if (Math.abs(change - 1) < 1e-16) break;
  }
  return (front * fraction) / a;
}

/** B(freedom / 2, 1 / 2) by B(a + 1, 1/2) = B(a, 1/2) a / (a + 1/2), from B(1/2, 1/2) = pi and B(1, 1/2) = 2. */
function betaWithHalf(freedom: number): number {
  let beta = freedom % 2 === 1 ? PI : 2;
  for (let a = freedom % 2 === 1 ? 0.5 : 1; a < freedom / 2; a += 1) beta *= a / (a + 0.5);
  return beta;
}

function notZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
