// The lowest point of a convex quadratic on the simplex: pairs of coordinates are moved against each other to their exact minimum, as
// SMO does for support vector machines (Platt 1998), until nothing moves. For the few members of a pool that is fast and exact.

export interface Quadratic {
  /** Point at which gradient and Hessian were taken. */
  readonly at: Float64Array;
  readonly gradient: Float64Array;
  /** [n × n], symmetric, positive semi-definite. */
  readonly hessian: Float64Array;
}

const MOST_SWEEPS = 1000;

/** The minimum [n], not negative, with the same sum as `start`. */
export function minimizeOnSimplex({ at, gradient, hessian }: Quadratic, start: Float64Array): Float64Array {
  const count = start.length;
  const x = Float64Array.from(start);
  const slope = (i: number): number => {
    let sum = gradient[i];
    for (let j = 0; j < count; j += 1) sum += hessian[i * count + j] * (x[j] - at[j]);
    return sum;
  };
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep += 1) {
    let moved = 0;
    for (let a = 0; a < count; a += 1) {
      for (let b = a + 1; b < count; b += 1) {
        const rise = slope(a) - slope(b);
        const curvature = hessian[a * count + a] + hessian[b * count + b] - 2 * hessian[a * count + b];
        if (rise === 0) continue;
        // what a gives b; where the curve is flat, all that it has
        const wanted = curvature > 1e-300 ? rise / curvature : rise * Infinity;
        const given = Math.max(-x[b], Math.min(x[a], wanted));
        x[a] -= given;
        x[b] += given;
        moved = Math.max(moved, Math.abs(given));
      }
    }
    if (moved <= 1e-13) break;
  }
  return x;
}
