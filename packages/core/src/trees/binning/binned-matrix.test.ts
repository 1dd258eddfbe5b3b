import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { binMatrix } from './binned-matrix.js';

describe('binMatrix', () => {
  it('bins feature by feature, missing values in the last bin of their feature', () => {
    const columns = [Float64Array.of(1, 2, 3), Float64Array.of(5, Number.NaN, -5)];
    const binned = binMatrix({ names: ['a', 'b'], columns, length: 3 }, { maxBin: 255, minDataInBin: 1 });
    expect([...binned.binCounts]).toEqual([4, 4]);
    expect([...binned.missingBins]).toEqual([-1, 3]);
    expect([...binned.bins]).toEqual([1, 2, 3, 2, 3, 0]);
  });

  it('reaches 256 bins and no more', () => {
    const column = Float64Array.from({ length: 2000 }, (_, i) => i - 1000.5);
    const binned = binMatrix({ names: ['a'], columns: [column], length: 2000 }, { maxBin: 256, minDataInBin: 1 });
    expect(binned.binCounts[0]).toBeGreaterThan(250);
    expect(binned.binCounts[0]).toBeLessThanOrEqual(256);
    expect(Math.max(...binned.bins)).toBe(binned.binCounts[0] - 1);
  });

  it('finds bounds from a sample where there are many rows; the sample is always the same', () => {
    const random = createRandom(1);
    const column = Float64Array.from({ length: 3000 }, () => random.normal());
    const bin = (binSampleCount?: number) => binMatrix({ names: ['a'], columns: [column], length: 3000 }, { maxBin: 64, minDataInBin: 1, ...(binSampleCount && { binSampleCount }) });
    const sampled = bin(500);
    expect([...sampled.bounds[0]]).toEqual([...bin(500).bounds[0]]);
    expect([...sampled.bounds[0]]).not.toEqual([...bin().bounds[0]]);
    expect([...bin(3000).bounds[0]]).toEqual([...bin().bounds[0]]);
    const counts = new Int32Array(64);
    for (const own of sampled.bins) counts[own] += 1;
    expect(Math.max(...counts)).toBeLessThan(4 * (3000 / 64));
  });

  it('knows a missing value that the sample does not have', () => {
    const column = Float64Array.from({ length: 200 }, (_, i) => i);
    column[199] = Number.NaN;
    const { bins, missingBins } = binMatrix({ names: ['a'], columns: [column], length: 200 }, { maxBin: 16, minDataInBin: 1, binSampleCount: 10 });
    expect(bins[199]).toBe(missingBins[0]);
    expect(bins.filter((bin) => bin === missingBins[0])).toHaveLength(1);
  });
});
