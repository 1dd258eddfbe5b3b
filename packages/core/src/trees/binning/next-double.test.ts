import { describe, expect, it } from 'vitest';
import { isNeighbour, nextDouble } from './next-double.js';

describe('nextDouble', () => {
  it.each([
    [1, 1 + 2 ** -52],
    [-1, -1 + 2 ** -53],
    [0, Number.MIN_VALUE],
    [-0, Number.MIN_VALUE],
    [-Number.MIN_VALUE, -0],
    [Number.MAX_VALUE, Infinity],
  ])('of %d is %d', (x, next) => {
    expect(nextDouble(x)).toBe(next);
  });
});

describe('isNeighbour', () => {
  it('is true for equal numbers and for the next double only', () => {
    for (const x of [1, -1, 0.1, 1e300, -3e-310, 0]) {
      const next = nextDouble(x);
      expect(isNeighbour(x, x)).toBe(true);
      expect(isNeighbour(x, next)).toBe(true);
      expect(isNeighbour(x, nextDouble(next))).toBe(false);
    }
    expect(isNeighbour(1, 2)).toBe(false);
  });
});
