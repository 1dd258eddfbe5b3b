import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import type { BinnedMatrix } from '../binning/binned-matrix.js';
import { createHistogram, fillHistogram, subtractHistogram } from './histogram.js';
import { findBestSplit } from './split-search.js';
import type { SplitLimits } from './split-search.js';

const limits: SplitLimits = { minDataInLeaf: 3, minSumHessianInLeaf: 0, lambdaL1: 0, lambdaL2: 0, minGainToSplit: 0 };

/** `rows` rows with hessian 1 and gradients in eighths, so that all sums are exact. */
function problem(seed: number, rows: number, width: number, hasMissing: boolean) {
  const random = createRandom(seed);
  const binCounts = Int32Array.from({ length: width }, () => 2 + random.integer(9));
  const missingBins = binCounts.map((count) => (hasMissing ? count - 1 : -1));
  const bins = Uint8Array.from({ length: rows * width }, (_, at) => random.integer(binCounts[at % width]));
  const binned: BinnedMatrix = { rows, width, bins, bounds: [], binCounts, missingBins };
  const derivatives = Float64Array.from({ length: 2 * rows }, (_, i) => (i % 2 === 1 ? 1 : (random.integer(17) - 8) / 8));
  return { binned, derivatives, all: Int32Array.from({ length: rows }, (_, row) => row) };
}

/** Every split of every feature, both ways for missing values, tried in full. */
function bestByTrial({ binned, derivatives, all }: ReturnType<typeof problem>, { minDataInLeaf, lambdaL1, lambdaL2 }: SplitLimits): number {
  const gainOf = (rows: Int32Array): number => {
    const g = rows.reduce((sum, row) => sum + derivatives[2 * row], 0);
    const shrunk = Math.max(0, Math.abs(g) - lambdaL1);
    return shrunk ** 2 / (rows.length + lambdaL2);
  };
  let best = 0;
  for (let feature = 0; feature < binned.width; feature += 1) {
    for (let bin = 0; bin < binned.binCounts[feature]; bin += 1) {
      for (const isMissingLeft of [true, false]) {
        const isLeft = (row: number): boolean => {
          const own = binned.bins[row * binned.width + feature];
          return own === binned.missingBins[feature] ? isMissingLeft : own <= bin;
        };
        const left = all.filter(isLeft);
        const right = all.filter((row) => !isLeft(row));
        if (left.length < minDataInLeaf || right.length < minDataInLeaf) continue;
        best = Math.max(best, gainOf(left) + gainOf(right) - gainOf(all));
      }
    }
  }
  return best;
}

describe('findBestSplit', () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])('finds what trying every split finds (seed %d)', (seed) => {
    for (const hasMissing of [false, true]) {
      for (const own of [limits, { ...limits, lambdaL1: 0.5, lambdaL2: 2 }]) {
        const data = problem(seed, 40, 5, hasMissing);
        const histogram = createHistogram(5);
        fillHistogram(histogram, data.binned, data.derivatives, data.all, 0, 40);
        const gradient = data.all.reduce((sum, row) => sum + data.derivatives[2 * row], 0);
        const split = findBestSplit(histogram, data.binned, [0, 1, 2, 3, 4], { gradient, hessian: 40, count: 40 }, own);
        expect(split?.gain ?? 0).toBeCloseTo(bestByTrial(data, own), 10);
      }
    }
  });

  it('finds none when every side would be too small, or every gain', () => {
    const data = problem(1, 10, 2, false);
    const histogram = createHistogram(2);
    fillHistogram(histogram, data.binned, data.derivatives, data.all, 0, 10);
    const leaf = { gradient: data.all.reduce((sum, row) => sum + data.derivatives[2 * row], 0), hessian: 10, count: 10 };
    expect(findBestSplit(histogram, data.binned, [0, 1], leaf, { ...limits, minDataInLeaf: 6 })).toBeUndefined();
    expect(findBestSplit(histogram, data.binned, [0, 1], leaf, { ...limits, minSumHessianInLeaf: 6 })).toBeUndefined();
    expect(findBestSplit(histogram, data.binned, [0, 1], leaf, { ...limits, minGainToSplit: 1e6 })).toBeUndefined();
    expect(findBestSplit(histogram, data.binned, [], leaf, limits)).toBeUndefined();
  });
});

describe('histograms', () => {
  it.each([1, 3, 4, 5, 9])('of %d features: parent minus child is the other child, bit for bit', (width) => {
    const { binned, derivatives, all } = problem(width, 50, width, true);
    const histogramOf = (begin: number, end: number) => {
      const histogram = createHistogram(width);
      histogram.sums.fill(7);
      fillHistogram(histogram, binned, derivatives, all, begin, end);
      return histogram;
    };
    const parent = histogramOf(0, 50);
    subtractHistogram(parent, histogramOf(0, 17));
    expect(parent).toEqual(histogramOf(17, 50));
    expect(parent.sums.reduce((sum, value, i) => (i % 2 === 1 ? sum + value : sum), 0)).toBe(33 * width);
  });

  it.each([3, 8])('of %d features: few rows or many, a bin that is not marked holds nothing, and sums are right', (width) => {
    const { binned, derivatives, all } = problem(width, 2000, width, true);
    for (const [begin, end] of [[0, 2000], [5, 516], [5, 517], [100, 109], [7, 7]]) {
      const histogram = createHistogram(width);
      histogram.sums.fill(7);
      histogram.marks.fill(-1);
      fillHistogram(histogram, binned, derivatives, all, begin, end);
      const expected = new Float64Array(width * 512);
      for (const row of all.subarray(begin, end)) {
        for (let feature = 0; feature < width; feature += 1) {
          const at = 512 * feature + 2 * binned.bins[row * width + feature];
          expected[at] += derivatives[2 * row];
          expected[at + 1] += derivatives[2 * row + 1];
        }
      }
      expect(histogram.sums).toEqual(expected);
      expected.forEach((sum, i) => {
        if (sum !== 0) expect((histogram.marks[i >> 6] >> ((i >> 1) & 31)) & 1).toBe(1);
      });
    }
  });

  it('marks a bin again whose rows without hessian no longer cancel each other', () => {
    const binned: BinnedMatrix = { rows: 4, width: 1, bins: Uint8Array.of(1, 1, 1, 2), bounds: [], binCounts: Int32Array.of(3), missingBins: Int32Array.of(-1) };
    const derivatives = Float64Array.of(1, 0, -1, 0, 3, 1, 1, 1);
    const histogramOf = (...rows: number[]) => {
      const histogram = createHistogram(1);
      fillHistogram(histogram, binned, derivatives, Int32Array.from(rows), 0, rows.length);
      return histogram;
    };
    const parent = histogramOf(0, 1, 2, 3);
    subtractHistogram(parent, histogramOf(2));
    expect(parent.marks[0]).toBe(0b100);
    subtractHistogram(parent, histogramOf(1));
    expect(parent).toEqual(histogramOf(0, 3));
    expect(parent.sums[2]).toBe(1);
  });
});
