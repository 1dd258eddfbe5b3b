import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageUniqueness } from './average-uniqueness.js';
import { uniquenessWeights } from './uniqueness-weights.js';

describe('uniquenessWeights', () => {
  it('weighs labels that overlap less, with mean 1', () => {
    // Bars 1, 2 | 2, 3 | 6, 7: two labels share bar 2, so 0.75, 0.75 and 1.
    const weights = uniquenessWeights({ rows: [0, 1, 5], spanEnd: [2, 3, 7] });
    [0.9, 0.9, 1.2].forEach((weight, row) => expect(weights[row]).toBeCloseTo(weight, 14));
  });

  it('is 1 for rows that share nothing, or all the same', () => {
    expect([...uniquenessWeights({ rows: [0, 2, 4], spanEnd: [2, 4, 6] })]).toEqual([1, 1, 1]);
    expect([...uniquenessWeights({ rows: [3, 3], spanEnd: [9, 9] })]).toEqual([1, 1]);
    expect([...uniquenessWeights({ rows: [8], spanEnd: [29] })]).toEqual([1]);
  });

  it('is the average uniqueness of the bars after each row, scaled; the order of rows and a shift of all bars change nothing', () => {
    const made = fc.array(fc.tuple(fc.nat({ max: 80 }), fc.integer({ min: 1, max: 21 })), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(made, fc.nat({ max: 1000 }), (pairs, shift) => {
        const rows = pairs.map(([bar]) => bar);
        const spanEnd = pairs.map(([bar, horizon]) => bar + horizon);
        const weights = uniquenessWeights({ rows, spanEnd });
        const uniqueness = averageUniqueness({ spanStart: rows.map((bar) => bar + 1), spanEnd });
        const mean = uniqueness.reduce((sum, value) => sum + value, 0) / rows.length;
        weights.forEach((weight, row) => {
          expect(weight).toBeGreaterThan(0);
          expect(Math.abs(weight / (uniqueness[row] / mean) - 1)).toBeLessThan(1e-14);
        });
        expect(weights.reduce((sum, weight) => sum + weight, 0) / rows.length).toBeCloseTo(1, 13);
        expect([...uniquenessWeights({ rows: rows.map((bar) => bar + shift), spanEnd: spanEnd.map((bar) => bar + shift) })]).toEqual([...weights]);
        const reversed = uniquenessWeights({ rows: [...rows].reverse(), spanEnd: [...spanEnd].reverse() });
        [...reversed].reverse().forEach((weight, row) => expect(Math.abs(weight / weights[row] - 1)).toBeLessThan(1e-14));
      }),
    );
  });

  it('has no weights for no rows, and refuses rows without a label', () => {
    expect(uniquenessWeights({ rows: [], spanEnd: [] })).toHaveLength(0);
    expect(() => uniquenessWeights({ rows: [4], spanEnd: [-1] })).toThrow('must be after the row\'s own bar, 4 (row 0). Got -1.');
    const bad = expect.objectContaining({ code: 'BAD_OPTION' });
    for (const [rows, spanEnd] of [[[1], []], [[4], [4]], [[-1], [4]], [[0.5], [2]], [[Number.NaN], [2]], [[0], [Number.NaN]], [[0], [1.5]], [[0], [Infinity]]]) {
      expect(() => uniquenessWeights({ rows, spanEnd })).toThrow(bad);
    }
  });
});
