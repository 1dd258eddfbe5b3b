import { describe, expect, it, vi } from 'vitest';
import { sampleProblem } from '../../../../../tests/support/sample-problem.js';
import { log } from '../../numeric/log.js';
import { fitBoosting, predictBoosting, predictScores } from './boosting.js';
import type { BoostingOptions } from './boosting.js';

const { matrix, classIndexes } = sampleProblem(1, 400, 5, { missing: 0.1 });
const later = sampleProblem(2, 200, 5, { missing: 0.1 });
const fit = (options: Partial<BoostingOptions> = {}) => fitBoosting(matrix, classIndexes, { classes: 3, ...options, params: { numIterations: 20, ...options.params } });
const lossOf = (model: ReturnType<typeof fit>, data = later) => {
  const p = predictBoosting(model, data.matrix.columns, data.matrix.length);
  return data.classIndexes.reduce((sum, index, row) => sum - log(p[3 * row + index]), 0) / data.matrix.length;
};

describe('fitBoosting', () => {
  it('keeps the gain of a split: what it lowers the loss by, twice', () => {
    const x = { names: ['x'], columns: [Float64Array.of(0, 0, 0, 1, 1, 1, 1, 1)], length: 8 };
    const limits = { minDataInLeaf: 1, minSumHessianInLeaf: 0, lambdaL2: 0.5, numIterations: 1 };
    const { trees } = fitBoosting(x, Uint8Array.of(0, 0, 1, 1, 1, 1, 1, 1), { classes: 2, params: limits });
    // class 0 begins with p = 1/4; the gradient is p - y, the hessian 2 p (1 - p)
    const leaf = (rows: number, hits: number) => (rows / 4 - hits) ** 2 / (rows * hessian + 0.5);
    const hessian = 2 * (1 / 4) * (3 / 4);
    expect(trees.gains[trees.roots[0]]).toBeCloseTo(leaf(3, 2) + leaf(5, 0) - leaf(8, 2), 6);
  });

  it('learns', () => {
    expect(lossOf(fit({ params: { numIterations: 1 } }))).toBeLessThan(1.05);
    expect(lossOf(fit())).toBeLessThan(0.75);
  });

  it('gives probabilities that sum to 1', () => {
    const p = predictBoosting(fit(), matrix.columns, matrix.length);
    for (let row = 0; row < matrix.length; row += 1) expect(p[3 * row] + p[3 * row + 1] + p[3 * row + 2]).toBeCloseTo(1, 14);
  });

  it('gives one row the bits that it has among many', () => {
    const model = fit();
    const all = predictBoosting(model, matrix.columns, matrix.length);
    for (const row of [0, 7, 255, 256, 399]) {
      const one = predictBoosting(model, matrix.columns.map((column) => column.slice(row, row + 1)), 1);
      expect([...one]).toEqual([...all.subarray(3 * row, 3 * row + 3)]);
    }
  });

  it('is the same model whatever the order of the rows, bit for bit', () => {
    const turned = { ...matrix, columns: matrix.columns.map((column) => column.slice().reverse()) };
    expect(fitBoosting(turned, classIndexes.slice().reverse(), { classes: 3 }).trees).toEqual(fitBoosting(matrix, classIndexes, { classes: 3 }).trees);
  });

  it('starts from the logarithms of the weighted class shares', () => {
    const weights = classIndexes.map((index) => index + 1);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const share = classIndexes.filter((index) => index === 2).length * 3 / total;
    expect(fit({ weights }).start[2]).toBeCloseTo(Math.log(share), 14);
    expect([...fit({ params: { boostFromAverage: false } }).start]).toEqual([0, 0, 0]);
  });

  it('takes a row of weight 0 as absent', () => {
    const weights = Float64Array.from(classIndexes, (_, row) => (row < 300 ? 1 : 0));
    const first = { ...matrix, length: 300, columns: matrix.columns.map((column) => column.slice(0, 300)) };
    expect(fitBoosting(matrix, classIndexes, { classes: 3, weights })).toEqual(fitBoosting(first, classIndexes.slice(0, 300), { classes: 3 }));
  });

  it('does not care in which unit weights are given', () => {
    const params = { minSumHessianInLeaf: 0 };
    const plain = fit({ params }).trees;
    const doubled = fit({ params, weights: new Float64Array(400).fill(2) }).trees;
    expect(doubled.features).toEqual(plain.features);
    expect(doubled.thresholds).toEqual(plain.thresholds);
    doubled.values.forEach((value, i) => expect(value).toBeCloseTo(plain.values[i], 12));
  });

  it('is constant where there is nothing to learn', () => {
    const oneClass = fitBoosting(matrix, new Uint8Array(400).fill(1), { classes: 3 });
    expect(oneClass.iterations).toBe(0);
    const p = predictBoosting(oneClass, matrix.columns, 2);
    expect(p[1]).toBeCloseTo(1, 12);
    expect(Math.min(...p)).toBeGreaterThan(0);
    const constant = { names: ['a', 'b'], columns: [new Float64Array(400).fill(3), new Float64Array(400).fill(Number.NaN)], length: 400 };
    expect(fitBoosting(constant, classIndexes, { classes: 3 }).iterations).toBe(0);
    const single = { names: ['a'], columns: [Float64Array.of(5)], length: 1 };
    expect(predictBoosting(fitBoosting(single, [2], { classes: 3 }), single.columns, 1)[2]).toBeCloseTo(1, 12);
  });

  it('keeps an absent class at next to nothing', () => {
    const p = predictBoosting(fitBoosting(matrix, classIndexes.map((index) => index % 2), { classes: 3 }), matrix.columns, 400);
    for (let row = 0; row < 400; row += 1) expect(p[3 * row + 2]).toBeLessThan(1e-12);
  });

  it('learns which way missing values go', () => {
    const column = Float64Array.from({ length: 200 }, (_, row) => (row % 4 === 0 ? Number.NaN : row % 4));
    const labels = Uint8Array.from({ length: 200 }, (_, row) => (row % 4 === 0 || row % 4 === 3 ? 2 : 0));
    const model = fitBoosting({ names: ['a'], columns: [column], length: 200 }, labels, { classes: 3 });
    const p = predictBoosting(model, [Float64Array.of(Number.NaN, 1, 2, 3)], 4);
    expect([p[2], p[5], p[8], p[11]].map((x) => x > 0.9)).toEqual([true, false, false, true]);
  });

  it('draws rows and features by the seed alone', () => {
    const params = { featureFraction: 0.5, baggingFraction: 0.5, baggingFreq: 2 };
    expect(fit({ params, seed: 1 })).toEqual(fit({ params, seed: 1 }));
    expect(fit({ params, seed: 1 })).not.toEqual(fit({ params, seed: 2 }));
    expect(fit({ seed: 1 })).toEqual(fit({ seed: 2 }));
    expect(lossOf(fit({ params, seed: 1 }))).toBeLessThan(0.85);
    expect(fit({ params: { featureFraction: 0.2 } }).trees.roots).toHaveLength(60);
  });

  it('keeps the round with the least validation loss', () => {
    const params = { numIterations: 300, learningRate: 0.3, minDataInLeaf: 5, earlyStoppingRound: 5 };
    const stopped = fit({ params, validation: later });
    expect(stopped.iterations).toBeLessThan(50);
    expect(stopped.trees.roots).toHaveLength(3 * stopped.iterations);
    const exact = (numIterations: number) => fit({ params: { ...params, earlyStoppingRound: 0, numIterations } });
    expect(exact(stopped.iterations)).toEqual(stopped);
    for (const other of [stopped.iterations - 1, stopped.iterations + 1, stopped.iterations + 5]) expect(lossOf(exact(other))).toBeGreaterThan(lossOf(stopped));
  });

  it('tells its progress and can be ended', () => {
    const onIteration = vi.fn<(done: number, total: number) => void>();
    fit({ onIteration });
    expect(onIteration.mock.calls).toEqual(Array.from({ length: 20 }, (_, i) => [i + 1, 20]));
    const end = () => {
      throw new Error('enough');
    };
    expect(() => fit({ onIteration: end })).toThrow('enough');
  });

  it('refuses bad options and data', () => {
    const code = (expected: string) => expect.objectContaining({ code: expected });
    expect(() => fit({ classes: 1 })).toThrow(code('BAD_OPTION'));
    expect(() => fit({ seed: -1 })).toThrow(code('BAD_OPTION'));
    expect(() => fit({ params: { earlyStoppingRound: 5 } })).toThrow(/earlyStoppingRound.*must be 0 when there is no validation data/);
    expect(() => fit({ validation: { matrix: { ...later.matrix, names: ['x', 'f1', 'f2', 'f3', 'f4'] }, classIndexes: later.classIndexes } })).toThrow(code('BAD_DATA'));
    expect(() => fit({ validation: { matrix: later.matrix, classIndexes: [1] } })).toThrow(/fitBoosting \(validation\): There must be one label per row/);
  });

  it('predicts scores whose softmax the probabilities are', () => {
    const model = fit();
    const scores = predictScores(model, matrix.columns, 1);
    const p = predictBoosting(model, matrix.columns, 1);
    expect(Math.log(p[0] / p[1])).toBeCloseTo(scores[0] - scores[1], 12);
  });
});
