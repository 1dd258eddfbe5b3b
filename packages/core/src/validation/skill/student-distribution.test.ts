import { describe, expect, it } from 'vitest';
import { studentQuantile, studentTail } from './student-distribution.js';

describe('studentTail', () => {
  // Simpson's rule on the density with 200,000 steps (python3, math.lgamma)
  it.each([
    [2, 10, 0.036694017385368316],
    [0.1, 23, 0.46060543708322293],
    [3, 4, 0.019970984035860673],
    [1, 1, 0.25],
    [1.5, 2, 0.13619656244550393],
    [2.5, 47, 0.007983434028781378],
    [5, 6, 0.0012261708803782967],
  ])('at %d with %d degrees of freedom is %d', (t, freedom, tail) => {
    expect(studentTail(t, freedom)).toBeCloseTo(tail, 13);
    expect(studentTail(-t, freedom)).toBeCloseTo(1 - tail, 13);
  });

  it('has the closed forms of one and two degrees of freedom far out, where differences would cancel', () => {
    // 1: 1/2 - atan(t) / pi, about 1 / (pi t). 2: (1 - t / sqrt(2 + t t)) / 2, about 1 / (2 t t)
    expect(studentTail(1e8, 1) / (1 / (Math.PI * 1e8))).toBeCloseTo(1, 10);
    expect(studentTail(1e6, 2) / (1 / (2 * 1e12))).toBeCloseTo(1, 10);
    expect(studentTail(0, 5)).toBe(0.5);
    expect(studentTail(Number.POSITIVE_INFINITY, 5)).toBe(0);
    expect(studentTail(Number.NEGATIVE_INFINITY, 5)).toBe(1);
    expect(studentTail(Number.NaN, 5)).toBeNaN();
  });

  it('falls without a step where the two fractions meet', () => {
    for (const freedom of [1, 2, 5, 30, 200]) {
      let before = 0.5;
      for (let t = 0.01; t < 6; t += 0.01) {
        const tail = studentTail(t, freedom);
        expect(tail).toBeLessThan(before);
        before = tail;
      }
    }
  });
});

// printed tables of Student's t, two-sided 95 percent
it.each([[1, 12.706], [4, 2.776], [9, 2.262], [30, 2.042], [120, 1.98]])('the 97.5 percent quantile of %d degrees of freedom is %d', (freedom, expected) => {
  expect(studentQuantile(0.025, freedom)).toBeCloseTo(expected, 3);
});
