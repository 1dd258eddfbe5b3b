import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyIsotonic, isotonicRegression } from './isotonic-regression.js';

const fitted = (x: readonly number[], y: readonly number[], weights: readonly number[] = x.map(() => 1)): number[] => {
  const curve = isotonicRegression(x, y, weights);
  return x.map((value) => applyIsotonic(curve, value));
};

/** The best rising step function on distinct ascending x: every cut into runs, each run at its mean. */
function bruteForce(y: readonly number[], weights: readonly number[]): number {
  let best = Infinity;
  for (let cuts = 0; cuts < 2 ** (y.length - 1); cuts += 1) {
    let error = 0;
    let before = -Infinity;
    for (let begin = 0, end = 1; begin < y.length; begin = end, end = begin + 1) {
      while (end < y.length && ((cuts >> (end - 1)) & 1) === 0) end += 1;
      let sum = 0;
      let weight = 0;
      for (let i = begin; i < end; i += 1) {
        sum += weights[i] * y[i];
        weight += weights[i];
      }
      const mean = sum / weight;
      for (let i = begin; i < end; i += 1) error += weights[i] * (y[i] - mean) ** 2;
      if (mean < before) error = Infinity;
      before = mean;
    }
    best = Math.min(best, error);
  }
  return best;
}

describe('isotonicRegression', () => {
  // sklearn/tests/test_isotonic.py: test_isotonic_regression, _ties_min, _ties_max and the pituitary data of _ties_secondary_
  it.each<[string, number[], number[], number[]]>([
    ['pools', [0, 1, 2, 3, 4, 5, 6], [3, 7, 5, 9, 8, 7, 10], [3, 6, 6, 8, 8, 8, 10]],
    ['lowest x twice', [1, 1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 6], [1.5, 1.5, 3, 4, 5, 6]],
    ['highest x twice', [1, 2, 3, 4, 5, 5], [1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5.5, 5.5]],
    ['pituitary', [8, 8, 8, 10, 10, 10, 12, 12, 12, 14, 14], [21, 23.5, 23, 24, 21, 25, 21.5, 22, 19, 23.5, 25], [...Array<number>(9).fill(22.22222), 24.25, 24.25]],
  ])('gives what scikit-learn gives: %s', (_, x, y, expected) => {
    fitted(x, y).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 5));
  });

  it('has the least error of all rising curves', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 9 }), (pairs) => {
        const y = pairs.map(([value]) => value);
        const weights = pairs.map(([, weight]) => weight);
        const values = fitted(y.map((_, i) => i), y, weights);
        values.forEach((value, i) => expect(i === 0 || value >= values[i - 1]).toBe(true));
        const error = values.reduce((sum, value, i) => sum + weights[i] * (y[i] - value) ** 2, 0);
        expect(error).toBeCloseTo(bruteForce(y, weights), 9);
      }),
    );
  });

  it('does not depend on the order of rows, and counts weights as rows', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 1 }), fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 20 }), (rows) => {
        const listed = rows.flatMap(([x, y, weight]) => Array.from({ length: weight }, () => [x, y, 1]));
        const curve = (of: number[][]) => isotonicRegression(of.map(([x]) => x), of.map(([, y]) => y), of.map(([, , weight]) => weight));
        expect(curve(listed)).toEqual(curve(rows));
        expect(curve([...rows].reverse())).toEqual(curve(rows));
      }),
    );
  });

  it('leaves rows of weight 0 out, and is level beyond its ends and straight between points', () => {
    const curve = isotonicRegression([0.2, 0.6, 0.9, 0.4], [0, 1, 0, 5], [1, 1, 1, 0]);
    expect(curve).toEqual({ thresholds: [0.2, 0.6, 0.9], values: [0, 0.5, 0.5] });
    expect([0, 0.2, 0.6, 0.7, 0.9, 1].map((x) => applyIsotonic(curve, x))).toEqual([0, 0, 0.5, 0.5, 0.5, 0.5]);
    expect(applyIsotonic(curve, 0.3)).toBeCloseTo(0.125, 15);
    expect(isotonicRegression([3], [0.5], [2])).toEqual({ thresholds: [3], values: [0.5] });
  });
});
