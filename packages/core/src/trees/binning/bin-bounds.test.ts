import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findBinBounds } from './bin-bounds.js';
import { nextDouble } from './next-double.js';

const zero = Math.fround(1e-35);
/** Bounds of a column in any order, NaN where missing. */
function bounds(column: number[], maxBin = 255, minDataInBin = 1): number[] {
  const sorted = Float64Array.from(column.filter((value) => !Number.isNaN(value))).sort();
  return findBinBounds(sorted, sorted.length < column.length, { maxBin, minDataInBin });
}

describe('findBinBounds', () => {
  it('puts a bound at the middle of neighbouring values and zero into a bin of its own', () => {
    expect(bounds([1, 2, 4])).toEqual([zero, nextDouble(1.5), nextDouble(3), Infinity]);
    expect(bounds([-2, -1, 0, 5])).toEqual([nextDouble(-1.5), -zero, zero, Infinity]);
    expect(bounds([-2, -1])).toEqual([nextDouble(-1.5), -zero, Infinity]);
  });

  it('finds the middle of the largest doubles', () => {
    const largest = Number.MAX_VALUE;
    expect(bounds([largest * 0.75, largest])).toEqual([zero, nextDouble(largest * 0.875), Infinity]);
    expect(bounds([-largest, -largest * 0.75])).toEqual([nextDouble(-largest * 0.875), -zero, Infinity]);
  });

  it('joins rare values into bins of minDataInBin rows', () => {
    expect(bounds([1, 2, 3, 4, 5, 6, 7], 255, 3)).toEqual([zero, nextDouble(3.5), nextDouble(6.5), Infinity]);
  });

  it('shares the rows evenly when there are more values than bins', () => {
    const column = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(bounds(column, 5)).toEqual([zero, nextDouble(25.5), nextDouble(50.5), nextDouble(75.5), Infinity]);
  });

  it('gives a frequent value a bin of its own', () => {
    const column = [...Array.from({ length: 50 }, () => 10.5), ...Array.from({ length: 50 }, (_, i) => i + 1)];
    const found = bounds(column, 6);
    expect(found).toContain(nextDouble((10 + 10.5) / 2));
    expect(found).toContain(nextDouble((10.5 + 11) / 2));
  });

  it('leaves room for the bin of missing values', () => {
    const column = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(bounds(column, 5)).toHaveLength(5);
    expect(bounds([...column, Number.NaN], 5)).toHaveLength(4);
  });

  it('has one bin for a column without any present value', () => {
    expect(bounds([Number.NaN, Number.NaN])).toEqual([Infinity]);
    expect(bounds([0, 0])).toEqual([Infinity]);
  });

  it('always gives ascending bounds that end in Infinity, at most maxBin', () => {
    const value = fc.oneof(fc.double({ noDefaultInfinity: true }), fc.integer({ min: -3, max: 3 }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 200 }), fc.integer({ min: 2, max: 20 }), fc.integer({ min: 1, max: 5 }), (column, maxBin, minDataInBin) => {
        const found = bounds(column, maxBin, minDataInBin);
        const hasMissing = column.some((x) => x !== x);
        expect(found.length).toBeLessThanOrEqual(hasMissing ? maxBin - 1 : maxBin);
        expect(found.at(-1)).toBe(Infinity);
        for (let i = 1; i < found.length; i += 1) expect(found[i]).toBeGreaterThan(found[i - 1]);
      }),
    );
  });
});
