import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binMatrix, binOf } from './binned-matrix.js';

describe('binMatrix', () => {
  it('bins row by row, missing values in the last bin of their feature', () => {
    const columns = [Float64Array.of(1, 2, 3), Float64Array.of(5, Number.NaN, -5)];
    const binned = binMatrix({ names: ['a', 'b'], columns, length: 3 }, { maxBin: 255, minDataInBin: 1 });
    expect([...binned.binCounts]).toEqual([4, 4]);
    expect([...binned.missingBins]).toEqual([-1, 3]);
    expect([...binned.bins]).toEqual([1, 2, 2, 3, 3, 0]);
  });

  it('reaches 256 bins and no more', () => {
    const column = Float64Array.from({ length: 2000 }, (_, i) => i - 1000.5);
    const binned = binMatrix({ names: ['a'], columns: [column], length: 2000 }, { maxBin: 256, minDataInBin: 1 });
    expect(binned.binCounts[0]).toBeGreaterThan(250);
    expect(binned.binCounts[0]).toBeLessThanOrEqual(256);
    expect(Math.max(...binned.bins)).toBe(binned.binCounts[0] - 1);
  });
});

describe('binOf', () => {
  it('is the first bin whose bound is not below the value', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 30 }), fc.double({ noNaN: true }), (some, value) => {
        const bounds = Float64Array.from([...some, Infinity]).sort();
        expect(binOf(bounds, value)).toBe(bounds.findIndex((bound) => value <= bound));
      }),
    );
  });
});
