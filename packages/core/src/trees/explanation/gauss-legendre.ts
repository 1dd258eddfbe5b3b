// Gauss-Legendre quadrature on [0, 1]: with n points the integral of any polynomial of degree up to 2 n - 1 is exact.
// Roots of the Legendre polynomial by Newton's method (Press et al., Numerical Recipes, 4.6), with no function that differs between engines.

/** Σ weights[i] f(points[i]) is the integral of f from 0 to 1. */
export interface QuadratureRule {
  /** [n] ascending, inside (0, 1). */
  readonly points: Float64Array;
  /** [n] above 0; they add up to 1. */
  readonly weights: Float64Array;
}

/** Newton's steps double the correct digits: from two digits to all of them in four, and some more for the outermost roots. */
const NEWTON_STEPS = 8;

/** The rule with `n` points, n at least 1. Costs n² operations. */
export function gaussLegendre(n: number): QuadratureRule {
  const points = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < Math.ceil(n / 2); i += 1) {
    let x = cosine((Math.PI * (i + 0.75)) / (n + 0.5));
    let { value, slope } = legendre(n, x);
    for (let step = 0; step < NEWTON_STEPS; step += 1) {
      x -= value / slope;
      ({ value, slope } = legendre(n, x));
    }
    // the weight is 2 / ((1 - x²) slope²) on [-1, 1], half of it here
    const weight = 1 / ((1 - x * x) * slope * slope);
    points[i] = (1 - x) / 2;
    points[n - 1 - i] = (1 + x) / 2;
    weights[i] = weight;
    weights[n - 1 - i] = weight;
  }
  return { points, weights };
}

/** The Legendre polynomial of degree n and its derivative at x, |x| < 1. */
function legendre(n: number, x: number): { readonly value: number; readonly slope: number } {
  let value = 1;
  let before = 0;
  for (let degree = 1; degree <= n; degree += 1) {
    const next = ((2 * degree - 1) * x * value - (degree - 1) * before) / degree;
    before = value;
    value = next;
  }
  return { value, slope: (n * (before - x * value)) / (1 - x * x) };
}

/** cos(angle) for angles from 0 to π/2, by its series: a first guess that is the same in every engine. */
function cosine(angle: number): number {
  let term = 1;
  let sum = 1;
  for (let i = 1; i <= 10; i += 1) {
    term *= -(angle * angle) / ((2 * i - 1) * (2 * i));
    sum += term;
  }
  return sum;
}
