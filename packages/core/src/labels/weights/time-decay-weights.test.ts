import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeDecayWeights } from './time-decay-weights.js';

const weights = (uniqueness: readonly number[], oldest: number): number[] => [...timeDecayWeights(uniqueness, { oldest })];

describe('timeDecayWeights', () => {
  it('fall in a straight line of uniqueness', () => {
    expect(weights([1, 1, 1, 1], 1)).toEqual([1, 1, 1, 1]);
    expect(weights([1, 1, 1, 1], 0.5)).toEqual([0.625, 0.75, 0.875, 1]);
    expect(weights([1, 1, 1, 1], 0)).toEqual([0.25, 0.5, 0.75, 1]);
    expect(weights([1, 1, 1, 1], -0.5)).toEqual([0, 0, 0.5, 1]);
    expect(weights([1, 1, 1, 1], 2)).toEqual([1.75, 1.5, 1.25, 1]);
    expect(weights([1, 0.5, 0.5], 0)).toEqual([0.5, 0.75, 1]);
  });

  it("are the book's line through the running sums", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 }), fc.double({ min: -0.9, max: 2, noNaN: true }), (uniqueness, oldest) => {
        const made = weights(uniqueness, oldest);
        const total = uniqueness.reduce((sum, value) => sum + value, 0);
        const slope = oldest >= 0 ? (1 - oldest) / total : 1 / ((oldest + 1) * total);
        let sum = 0;
        uniqueness.forEach((value, i) => expect(Math.abs(made[i] - Math.max(0, 1 - slope * total + slope * (sum += value)))).toBeLessThan(1e-12));
        expect(made[made.length - 1]).toBe(1);
      }),
    );
  });

  it('survive empty and hostile input', () => {
    expect(weights([], 0.5)).toEqual([]);
    expect(weights([0, 0], 0.5)).toEqual([1, 1]);
    const bad = expect.objectContaining({ code: 'BAD_OPTION' });
    for (const oldest of [-1, -2, Number.NaN, Infinity]) expect(() => weights([1], oldest)).toThrow(bad);
    for (const value of [-1, Number.NaN, Infinity]) expect(() => weights([value], 1)).toThrow(bad);
  });
});
