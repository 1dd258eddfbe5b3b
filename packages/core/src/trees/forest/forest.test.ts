import { describe, expect, it, vi } from 'vitest';
import { sampleProblem } from '../../../../../tests/support/sample-problem.js';
import { fitForest, predictForest } from './forest.js';
import type { ForestOptions } from './forest.js';

const { matrix, classIndexes } = sampleProblem(3, 300, 5, { missing: 0.1 });
const later = sampleProblem(4, 200, 5);
const fit = (options: Partial<ForestOptions> = {}) => fitForest(matrix, classIndexes, { classes: 3, seed: 1, ...options, params: { nEstimators: 20, ...options.params } });
const hits = (forest: ReturnType<typeof fit>, data: typeof later) => {
  const p = predictForest(forest, data.matrix.columns, data.matrix.length);
  return data.classIndexes.filter((index, row) => p[3 * row + index] === Math.max(p[3 * row], p[3 * row + 1], p[3 * row + 2])).length / data.matrix.length;
};

describe('fitForest', () => {
  it('learns, and a full-depth tree without bootstrap knows its training rows by heart', () => {
    expect(hits(fit(), later)).toBeGreaterThan(0.65);
    const p = predictForest(fit({ params: { bootstrap: false } }), matrix.columns, 300);
    classIndexes.forEach((index, row) => expect(p[3 * row + index]).toBe(1));
  });

  it('gives one row the bits that it has among many', () => {
    const forest = fit();
    const all = predictForest(forest, later.matrix.columns, 200);
    for (const row of [0, 99, 199]) {
      expect([...predictForest(forest, later.matrix.columns.map((column) => column.slice(row, row + 1)), 1)]).toEqual([...all.subarray(3 * row, 3 * row + 3)]);
    }
  });

  it('is the same for the same seed, and tree by tree', () => {
    expect(fit()).toEqual(fit());
    expect(fit({ seed: 2 })).not.toEqual(fit());
    const few = fit({ params: { nEstimators: 5 } }).trees;
    expect([...fit().trees.thresholds.subarray(0, few.thresholds.length)]).toEqual([...few.thresholds]);
  });

  it('covers count the drawn rows', () => {
    const { trees } = fit();
    for (const root of trees.roots) expect(trees.covers[root]).toBe(300);
    trees.features.forEach((feature, node) => {
      if (feature >= 0) expect(trees.covers[node]).toBe(trees.covers[node + 1] + trees.covers[trees.rights[node]]);
    });
  });

  it('gains of a tree without limits add up to the impurity that it began with', () => {
    const { trees } = fit({ params: { nEstimators: 3, bootstrap: false } });
    const shares = [0, 1, 2].map((k) => classIndexes.filter((index) => index === k).length / 300);
    const impurity = 1 - shares.reduce((sum, share) => sum + share * share, 0);
    trees.roots.forEach((root, tree) => {
      const gains = trees.gains.subarray(root, trees.roots[tree + 1]);
      expect(gains.reduce((sum, gain) => sum + gain, 0)).toBeCloseTo(impurity, 12);
    });
  });

  it('keeps its limits', () => {
    const { trees } = fit({ params: { minSamplesLeaf: 10, bootstrap: false } });
    trees.features.forEach((feature, node) => {
      if (feature < 0) expect(trees.covers[node]).toBeGreaterThanOrEqual(10);
    });
    expect(fit({ params: { maxDepth: 1 } }).trees.features).toHaveLength(60);
    expect(fit({ params: { minSamplesSplit: 400 } }).trees.features).toHaveLength(20);
    expect(fit({ params: { minImpurityDecrease: 0.6 } }).trees.features).toHaveLength(20);
    expect(fit({ params: { minWeightFractionLeaf: 0.5 } }).trees.features.length).toBeLessThanOrEqual(60);
  });

  it('takes a row of weight 0 as absent', () => {
    const weights = Float64Array.from(classIndexes, (_, row) => (row < 200 ? 1 : 0));
    const first = { ...matrix, length: 200, columns: matrix.columns.map((column) => column.slice(0, 200)) };
    expect(fitForest(matrix, classIndexes, { classes: 3, seed: 1, weights })).toEqual(fitForest(first, classIndexes.slice(0, 200), { classes: 3, seed: 1 }));
  });

  it('weighs rows: a leaf holds shares of weight', () => {
    const two = { names: ['a'], columns: [Float64Array.of(1, 1, 1)], length: 3 };
    const forest = fitForest(two, [0, 1, 1], { classes: 3, seed: 0, weights: [2, 1, 1], params: { nEstimators: 1, bootstrap: false } });
    expect([...predictForest(forest, [Float64Array.of(1)], 1)]).toEqual([0.5, 0.5, 0]);
  });

  it('learns which way missing values go', () => {
    const column = Float64Array.from({ length: 100 }, (_, row) => (row % 2 === 0 ? Number.NaN : row));
    for (const missingClass of [0, 2]) {
      const labels = Uint8Array.from({ length: 100 }, (_, row) => (row % 2 === 0 ? missingClass : row < 50 ? 0 : 2));
      const forest = fitForest({ names: ['a'], columns: [column], length: 100 }, labels, { classes: 3, seed: 0 });
      expect(predictForest(forest, [Float64Array.of(Number.NaN)], 1)[missingClass]).toBe(1);
    }
    // only missing values on the right
    const half = Float64Array.from({ length: 100 }, (_, row) => (row % 2 === 0 ? Number.NaN : 7));
    const forest = fitForest({ names: ['a'], columns: [half], length: 100 }, Uint8Array.from({ length: 100 }, (_, row) => row % 2), { classes: 2, seed: 0 });
    expect([...predictForest(forest, [Float64Array.of(Number.NaN, 7, 1e300)], 3)]).toEqual([1, 0, 0, 1, 0, 1]);
    expect(Number.isFinite(Math.max(...forest.trees.thresholds))).toBe(true);
  });

  it('sends a value that training never missed to the side with more rows', () => {
    for (const few of [3, 7]) {
      const column = Float64Array.from({ length: 10 }, (_, row) => (row < few ? 1 : 2));
      const forest = fitForest({ names: ['a'], columns: [column], length: 10 }, column.map((value) => value - 1), { classes: 2, seed: 0, params: { bootstrap: false } });
      expect([...predictForest(forest, [Float64Array.of(Number.NaN)], 1)]).toEqual(few === 3 ? [0, 1] : [1, 0]);
    }
  });

  it('splits between neighbouring doubles', () => {
    const next = 1 + 2 ** -52;
    const forest = fitForest({ names: ['a'], columns: [Float64Array.of(1, next)], length: 2 }, [0, 1], { classes: 2, seed: 0, params: { bootstrap: false } });
    expect([...predictForest(forest, [Float64Array.of(1, next)], 2)]).toEqual([1, 0, 0, 1]);
  });

  it('copes with one class, constant features and one row', () => {
    expect([...predictForest(fitForest(matrix, new Uint8Array(300).fill(2), { classes: 3, seed: 0 }), matrix.columns, 1)]).toEqual([0, 0, 1]);
    const constant = { names: ['a', 'b'], columns: [new Float64Array(4).fill(3), new Float64Array(4).fill(Number.NaN)], length: 4 };
    const p = predictForest(fitForest(constant, [0, 1, 1, 1], { classes: 3, seed: 0, params: { bootstrap: false } }), constant.columns, 1);
    expect([...p]).toEqual([0.25, 0.75, 0]);
    expect([...predictForest(fitForest({ names: ['a'], columns: [Float64Array.of(1)], length: 1 }, [1], { classes: 3, seed: 0 }), [Float64Array.of(9)], 1)]).toEqual([0, 1, 0]);
  });

  it('tells its progress', () => {
    const onIteration = vi.fn<(done: number, total: number) => void>();
    fit({ onIteration });
    expect(onIteration.mock.calls.at(-1)).toEqual([20, 20]);
    expect(onIteration).toHaveBeenCalledTimes(20);
  });

  it('refuses bad options', () => {
    expect(() => fit({ seed: 1.5 })).toThrow('The `seed` option of fitForest must be an integer from 0 to 4294967295. Got 1.5.');
    expect(() => fit({ params: { maxFeatures: 0 } })).toThrow(/`maxFeatures` option of fitForest/);
  });
});
