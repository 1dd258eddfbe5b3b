import { expect, it } from 'vitest';
import { minimizeOnSimplex } from './minimize-on-simplex.js';

it('finds the projection of a point on the simplex', () => {
  // |x - (0.9, 0.5, -1)|² / 2: by hand, the third coordinate is 0 and the others lose 0.2 each
  const identity = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  const x = minimizeOnSimplex({ at: Float64Array.of(0.9, 0.5, -1), gradient: new Float64Array(3), hessian: identity }, new Float64Array(3).fill(1 / 3));
  expect(Array.from(x, (value) => Math.round(value * 1e9) / 1e9)).toEqual([0.7, 0.3, 0]);
});

it('goes to the corner of the steepest slope where there is no curvature, and stays where there is no slope', () => {
  const flat = new Float64Array(9);
  expect(minimizeOnSimplex({ at: new Float64Array(3), gradient: Float64Array.of(1, -2, 0), hessian: flat }, new Float64Array(3).fill(1 / 3))).toEqual(Float64Array.of(0, 1, 0));
  expect(minimizeOnSimplex({ at: new Float64Array(3), gradient: new Float64Array(3), hessian: flat }, Float64Array.of(0.5, 0.25, 0.25))).toEqual(Float64Array.of(0.5, 0.25, 0.25));
});
