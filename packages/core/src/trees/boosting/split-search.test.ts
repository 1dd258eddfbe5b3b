import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { groupCount } from './feature-groups.js';
import type { FeatureGroups } from './feature-groups.js';
import { fillHistogram, histogramLength, marksOf, subtractHistogram } from './histogram.js';
import { findBestSplit, limitsInSteps } from './split-search.js';
import type { SplitLimits } from './split-search.js';

/** Gradients are eighths and hessians 1: as steps, eighths and halves. */
const steps = { gradientScale: 8, hessianScale: 2 };
const limits: SplitLimits = { minDataInLeaf: 3, minSumHessianInLeaf: 0, lambdaL1: 0, lambdaL2: 0, minGainToSplit: 0 };

function problem(seed: number, rows: number, width: number, hasMissing: boolean) {
  const random = createRandom(seed);
  const binCounts = Int32Array.from({ length: width }, () => 2 + random.integer(9));
  const missingBins = binCounts.map((count) => (hasMissing ? count - 1 : -1));
  const binOf = (feature: number): number => random.integer(binCounts[feature]);
  const bins = new Uint8Array(groupCount(width) * rows * 8);
  const own = Array.from({ length: rows }, () => Array.from({ length: width }, (_, feature) => binOf(feature)));
  own.forEach((line, row) => line.forEach((bin, feature) => (bins[(feature - (feature % 8)) * rows + 8 * row + (feature % 8)] = bin)));
  const groups: FeatureGroups = { rows, width, bins, binCounts, missingBins };
  const gradients = own.map(() => (random.integer(17) - 8) / 8);
  const pairs = Int32Array.from({ length: 2 * rows }, (_, i) => (i % 2 === 0 ? steps.hessianScale : gradients[i >> 1] * steps.gradientScale));
  const features = Int32Array.from({ length: width }, (_, feature) => feature);
  return { groups, own, gradients, pairs, features, all: Int32Array.from({ length: rows }, (_, row) => row) };
}

function histogramOf({ groups, pairs, all }: ReturnType<typeof problem>, begin: number, end: number): Int32Array {
  const histogram = new Int32Array(histogramLength(groupCount(groups.width))).fill(7);
  fillHistogram(histogram, groups, pairs, all, begin, end);
  return histogram;
}

/** Every split of every feature, both ways for missing values, tried in full. */
function bestByTrial({ groups, own, gradients }: ReturnType<typeof problem>, { minDataInLeaf, lambdaL1, lambdaL2 }: SplitLimits): number {
  const gainOf = (rows: number[]): number => {
    const g = rows.reduce((sum, row) => sum + gradients[row], 0);
    return Math.max(0, Math.abs(g) - lambdaL1) ** 2 / (rows.length + lambdaL2);
  };
  const all = own.map((_, row) => row);
  let best = 0;
  for (let feature = 0; feature < groups.width; feature += 1) {
    for (let bin = 0; bin < groups.binCounts[feature]; bin += 1) {
      for (const isMissingLeft of [true, false]) {
        const isLeft = (row: number): boolean => (own[row][feature] === groups.missingBins[feature] ? isMissingLeft : own[row][feature] <= bin);
        const [left, right] = [all.filter(isLeft), all.filter((row) => !isLeft(row))];
        if (left.length < minDataInLeaf || right.length < minDataInLeaf) continue;
        best = Math.max(best, gainOf(left) + gainOf(right) - gainOf(all));
      }
    }
  }
  return best;
}

function leafOf({ pairs }: ReturnType<typeof problem>) {
  const sumFrom = (first: number): number => pairs.reduce((sum, step, i) => (i % 2 === first ? sum + step : sum), 0);
  return { hessian: sumFrom(0), gradient: sumFrom(1), count: pairs.length / 2 };
}

describe('findBestSplit', () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])('finds what trying every split finds (seed %d)', (seed) => {
    for (const hasMissing of [false, true]) {
      for (const own of [limits, { ...limits, lambdaL1: 0.5, lambdaL2: 2 }]) {
        const data = problem(seed, 40, 5, hasMissing);
        const split = findBestSplit(histogramOf(data, 0, 40), data.groups, data.features, leafOf(data), limitsInSteps(own, steps));
        const unit = steps.hessianScale / steps.gradientScale ** 2;
        expect((split?.gain ?? 0) * unit).toBeCloseTo(bestByTrial(data, own), 10);
      }
    }
  });

  it('finds none when every side would be too small, or every gain', () => {
    const data = problem(1, 10, 2, false);
    const histogram = histogramOf(data, 0, 10);
    const find = (own: Partial<SplitLimits>, features = data.features) => findBestSplit(histogram, data.groups, features, leafOf(data), limitsInSteps({ ...limits, ...own }, steps));
    expect(find({})).toBeDefined();
    expect(find({ minDataInLeaf: 6 })).toBeUndefined();
    expect(find({ minSumHessianInLeaf: 6 })).toBeUndefined();
    expect(find({ minGainToSplit: 1e6 })).toBeUndefined();
    expect(find({}, new Int32Array(0))).toBeUndefined();
  });

  it('leaves no side without hessian, whatever is asked for', () => {
    const data = problem(2, 12, 1, false);
    data.pairs.forEach((_, i) => (data.pairs[i] = i % 2 === 0 ? 0 : data.pairs[i]));
    expect(findBestSplit(histogramOf(data, 0, 12), data.groups, data.features, leafOf(data), limitsInSteps({ ...limits, minDataInLeaf: 0 }, steps))).toBeUndefined();
  });
});

describe('histograms', () => {
  it.each([1, 3, 4, 5, 9, 12, 13])('of %d features are sums; parent minus child is the other child', (width) => {
    const data = problem(width, 50, width, true);
    const expected = new Int32Array(histogramLength(groupCount(width)));
    data.own.forEach((line, row) => {
      line.forEach((bin, feature) => {
        expected[512 * feature + 2 * bin] += data.pairs[2 * row];
        expected[512 * feature + 2 * bin + 1] += data.pairs[2 * row + 1];
      });
    });
    const parent = histogramOf(data, 0, 50);
    for (let at = 0; at < 512 * width; at += 1) {
      const isMarked = ((parent[marksOf(parent) + (at >> 6)] >> ((at >> 1) & 31)) & 1) === 1;
      if (expected[at] !== 0) expect(isMarked).toBe(true);
    }
    expect(parent.subarray(0, 512 * width)).toEqual(expected.subarray(0, 512 * width));
    subtractHistogram(parent, histogramOf(data, 0, 17));
    const other = histogramOf(data, 17, 50);
    expect(parent.subarray(0, 512 * width)).toEqual(other.subarray(0, 512 * width));
  });
});
