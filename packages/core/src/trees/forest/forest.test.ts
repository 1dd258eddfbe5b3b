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

describe('limits and samples of trees', () => {
  const leavesOf = (forest: ReturnType<typeof fit>): number[] =>
    Array.from(forest.trees.roots, (root, tree) => forest.trees.features.subarray(root, forest.trees.roots[tree + 1]).filter((feature) => feature < 0).length);

  it('best first: splits what decreases the impurity most, and without a limit gives the full tree', () => {
    const one = { names: ['a'], columns: [matrix.columns[0]], length: 300 }; // one feature: the order of growth does not matter
    const grown = (maxLeafNodes: number | null) => fitForest(one, classIndexes, { classes: 3, seed: 1, params: { nEstimators: 3, maxLeafNodes } });
    expect(leavesOf(grown(6))).toEqual([6, 6, 6]);
    expect(Math.min(...leavesOf(grown(null)))).toBeGreaterThan(6);
    expect(grown(10_000)).toEqual(grown(null));
    const steps = { names: ['a'], columns: [Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7)], length: 8 };
    // the split at 3.5 comes first; then the left side, which is more mixed
    const three = fitForest(steps, [0, 1, 0, 1, 2, 2, 2, 1], { classes: 3, seed: 0, params: { nEstimators: 1, bootstrap: false, maxLeafNodes: 3 } });
    expect([...three.trees.thresholds].filter((threshold) => threshold > 0)).toEqual([3.5, 6.5]);
  });

  it('entropy is in bits: a split of a fair coin decreases it by 1', () => {
    const coin = { names: ['a'], columns: [Float64Array.of(0, 0, 1, 1)], length: 4 };
    const nodes = (minImpurityDecrease: number): number =>
      fitForest(coin, [0, 0, 1, 1], { classes: 2, seed: 0, params: { nEstimators: 1, bootstrap: false, criterion: 'entropy', minImpurityDecrease } }).trees.features.length;
    expect(nodes(1)).toBe(3);
    expect(nodes(1.001)).toBe(1);
  });

  it('draws as many rows as asked', () => {
    for (const [maxSamples, drawn] of [[0.1, 30], [7, 7], [0.001, 1]]) for (const root of fit({ params: { maxSamples } }).trees.roots) expect(fit({ params: { maxSamples } }).trees.covers[root]).toBe(drawn);
    expect(() => fit({ params: { maxSamples: 301 } })).toThrow('The `maxSamples` option of fitForest must be at most the number of training rows, 300. Got 301.');
    expect(() => fit({ params: { maxSamples: 0.5, bootstrap: false } })).toThrow('The `maxSamples` option of fitForest must be null without bootstrap. Got 0.5.');
  });

  it('a histogram with a bin for every value splits as exact splits do', () => {
    const few = sampleProblem(8, 400, 4, { missing: 0.1, levels: 20 });
    const grown = (splitMode: 'exact' | 'histogram') => fitForest(few.matrix, few.classIndexes, { classes: 3, seed: 1, params: { nEstimators: 5, bootstrap: false, maxFeatures: 2, splitMode } });
    expect(grown('histogram').trees.features).toEqual(grown('exact').trees.features);
    expect(predictForest(grown('histogram'), few.matrix.columns, 400)).toEqual(predictForest(grown('exact'), few.matrix.columns, 400));
    const coarse = fitForest(matrix, classIndexes, { classes: 3, seed: 1, params: { nEstimators: 5, splitMode: 'histogram', maxBin: 4 } });
    for (let feature = 0; feature < 5; feature += 1) {
      const thresholds = new Set([...coarse.trees.thresholds].filter((_, node) => coarse.trees.features[node] === feature));
      expect(thresholds.size).toBeLessThanOrEqual(3);
    }
  });

  it('extra trees draw thresholds between the values of a node', () => {
    const line = { names: ['a'], columns: [Float64Array.from({ length: 50 }, (_, row) => row)], length: 50 };
    const labels = Uint8Array.from({ length: 50 }, (_, row) => (row < 25 ? 0 : 1));
    const roots = Array.from({ length: 300 }, (_, seed) => fitForest(line, labels, { classes: 2, seed, params: { splitter: 'random', nEstimators: 1, maxDepth: 1 } }).trees.thresholds[0]);
    expect(Math.min(...roots)).toBeGreaterThan(0);
    expect(Math.max(...roots)).toBeLessThan(49);
    // uniform on [0, 49]: mean 24.5, and 3 standard errors of 300 draws
    expect(Math.abs(roots.reduce((sum, root) => sum + root, 0) / 300 - 24.5)).toBeLessThan((3 * 49) / Math.sqrt(12 * 300));
    expect(hits(fit({ params: { splitter: 'random' } }), later)).toBeGreaterThan(0.6);
  });
});

describe('bad input', () => {
  const table = { names: ['a', 'b'], columns: [Float64Array.of(1, 2, 3), Float64Array.of(3, 1, 2)], length: 3 };
  const fitOn = (labels: number[], options: Partial<ForestOptions> = {}, columns = table.columns) => () => fitForest({ ...table, columns }, labels, { classes: 2, seed: 0, ...options });
  it.each<[string, () => unknown]>([
    ['Class indexes must be integers from 0 to 1. Got NaN in row 1.', fitOn([0, Number.NaN, 1])],
    ['Class indexes must be integers from 0 to 1. Got 2 in row 2.', fitOn([0, 1, 2])],
    ['There must be one label per row. Got 2 labels for 3 rows.', fitOn([0, 1])],
    ['Feature "b" must be finite or NaN. Got Infinity in row 2.', fitOn([0, 1, 1], {}, [table.columns[0], Float64Array.of(1, 2, Infinity)])],
    ['Weights must be finite and not negative. Got -1 in row 0.', fitOn([0, 1, 1], { weights: [-1, 1, 1] })],
    ['Weights must be finite and not negative. Got NaN in row 1.', fitOn([0, 1, 1], { weights: [1, Number.NaN, 1] })],
    ['At least one weight must be above zero. All are zero.', fitOn([0, 1, 1], { weights: [0, 0, 0] })],
    ['At least one weight must be above zero. All are zero.', fitOn([1, 1, 1], { params: { classWeights: [1, 0] } })],
    ['There must be at least one training row. Got none.', () => fitForest({ names: ['a'], columns: [new Float64Array(0)], length: 0 }, [], { classes: 2, seed: 0 })],
    ['There must be at least one feature. Got none.', () => fitForest({ names: [], columns: [], length: 3 }, [0, 1, 1], { classes: 2, seed: 0 })],
  ])('%s', (message, run) => {
    expect(run).toThrow(expect.objectContaining({ code: 'BAD_DATA', message: `fitForest: ${message}` }));
  });

  it.each<[string, object]>([
    ["The `criterion` option of fitForest must be 'gini' or 'entropy'. Got \"log_loss\".", { criterion: 'log_loss' }],
    ['The `maxLeafNodes` option of fitForest must be an integer from 2 to 2147483647 or null. Got 1.', { maxLeafNodes: 1 }],
    ['The `maxBin` option of fitForest must be an integer from 2 to 256. Got 257.', { maxBin: 257 }],
    ['The `maxSamples` option of fitForest must be an integer above 0, a share between 0 and 1, or null. Got 1.5.', { maxSamples: 1.5 }],
    ["The `splitter` option of fitForest must be 'best' or 'random'. Got \"worst\".", { splitter: 'worst' }],
  ])('%s', (message, params) => {
    expect(fitOn([0, 1, 1], { params })).toThrow(message);
  });

  it.each(['best', 'random'] as const)('one class, constant features and one row have the sensible model (%s)', (splitter) => {
    const constant = { names: ['a', 'b'], columns: [new Float64Array(4).fill(3), new Float64Array(4).fill(Number.NaN)], length: 4 };
    const params = { splitter, bootstrap: false };
    expect([...predictForest(fitForest(constant, [0, 1, 1, 1], { classes: 3, seed: 0, params }), constant.columns, 1)]).toEqual([0.25, 0.75, 0]);
    expect([...predictForest(fitForest(matrix, new Uint8Array(300).fill(2), { classes: 3, seed: 0, params }), matrix.columns, 1)]).toEqual([0, 0, 1]);
    expect([...predictForest(fitForest({ names: ['a'], columns: [Float64Array.of(1)], length: 1 }, [1], { classes: 3, seed: 0, params }), [Float64Array.of(9)], 1)]).toEqual([0, 1, 0]);
  });

  it('knows no unit of weight, however small', () => {
    expect(fit({ weights: new Float64Array(300).fill(2 ** -560) }).trees).toEqual(fit().trees);
  });

  it.each([1, 1e308])('random thresholds lie between the values, up to the largest doubles (%d)', (scale) => {
    const column = Float64Array.from({ length: 200 }, (_, row) => ((row - 99.5) / 100) * 1.7 * scale);
    const labels = Uint8Array.from(column, (value) => Number(value > 0));
    const forest = fitForest({ names: ['a'], columns: [column], length: 200 }, labels, { classes: 2, seed: 1, params: { splitter: 'random', nEstimators: 5, maxDepth: 6 } });
    const p = predictForest(forest, [column], 200);
    expect(labels.filter((index, row) => p[2 * row + index] > 0.5).length).toBeGreaterThan(190);
  });
});
