import { describe, expect, it } from 'vitest';
import { gaussLegendre } from './gauss-legendre.js';

const integrate = (n: number, f: (t: number) => number): number => {
  const { points, weights } = gaussLegendre(n);
  return points.reduce((sum, point, i) => sum + weights[i] * f(point), 0);
};

describe('gaussLegendre', () => {
  it('has the known points', () => {
    expect([...gaussLegendre(1).points, ...gaussLegendre(1).weights]).toEqual([0.5, 1]);
    const { points, weights } = gaussLegendre(3);
    const far = Math.sqrt(15) / 10;
    [0.5 - far, 0.5, 0.5 + far].forEach((point, i) => expect(points[i]).toBeCloseTo(point, 15));
    [5 / 18, 8 / 18, 5 / 18].forEach((weight, i) => expect(weights[i]).toBeCloseTo(weight, 15));
  });

  it.each([1, 2, 3, 5, 8, 13, 40])('is exact with %d points up to its degree, and not beyond', (n) => {
    for (let degree = 0; degree < 2 * n; degree += 1) {
      expect(Math.abs(integrate(n, (t) => t ** degree) * (degree + 1) - 1)).toBeLessThan(1e-13);
      expect(Math.abs(integrate(n, (t) => (1 - t) ** degree) * (degree + 1) - 1)).toBeLessThan(1e-13);
    }
    if (n <= 5) expect(Math.abs(integrate(n, (t) => t ** (2 * n)) * (2 * n + 1) - 1)).toBeGreaterThan(1e-9);
  });

  it('keeps points apart and weights above zero, for many points too', () => {
    const { points, weights } = gaussLegendre(1000);
    for (let i = 0; i < 1000; i += 1) {
      expect(points[i]).toBeGreaterThan(i === 0 ? 0 : points[i - 1]);
      expect(weights[i]).toBeGreaterThan(0);
    }
    expect(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1)).toBeLessThan(1e-11);
  });
});
