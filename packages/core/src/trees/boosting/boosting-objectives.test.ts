// What fits other than the usual multiclass one do: two classes, regression, monotone constraints, warm start, backends.
import { describe, expect, it } from 'vitest';
import { sampleProblem } from '../../../../../tests/support/sample-problem.js';
import { createRandom } from '../../numeric/random.js';
import { fitBoosting } from './boosting.js';
import type { BoostedTrees, BoostingOptions } from './boosting.js';
import { predictBoosting, predictScores } from './predict-boosting.js';

const rows = 500;
const { matrix, classIndexes } = sampleProblem(1, rows, 5, { missing: 0.1 });
const isHigh = classIndexes.map((index) => Number(index === 2));
const random = createRandom(8);
/** Steps of 10 by the first feature, a slope by the second, and a few wild outliers. */
const numbers = Float64Array.from({ length: rows }, (_, row) => 10 * Number((matrix.columns[0][row] || 0) > 0) + (matrix.columns[1][row] || 0) + (row % 50 === 7 ? 1000 : random.normal() / 10));
const predict = (model: BoostedTrees): Float64Array => predictBoosting(model, matrix.columns, rows);

describe('binary', () => {
  it('says what the softmax of two classes says', () => {
    const params = { numIterations: 15, minSumHessianInLeaf: 0 };
    const binary = predict(fitBoosting(matrix, isHigh, { objective: 'binary', params }));
    const softmax = predict(fitBoosting(matrix, isHigh, { classes: 2, params }));
    binary.forEach((p, i) => expect(p).toBeCloseTo(softmax[i], 6));
  });

  it('has one tree per round and is constant for one class', () => {
    expect(fitBoosting(matrix, isHigh, { objective: 'binary', params: { numIterations: 7 } }).trees.roots).toHaveLength(7);
    const constant = fitBoosting(matrix, new Uint8Array(rows).fill(1), { objective: 'binary' });
    expect(constant.iterations).toBe(0);
    expect(predict(constant)[1]).toBeCloseTo(1, 12);
  });

  it('refuses other class counts and labels', () => {
    expect(() => fitBoosting(matrix, isHigh, { objective: 'binary', classes: 3 })).toThrow(/`classes` option of fitBoosting must be 2 for the binary objective. Got 3/);
    expect(() => fitBoosting(matrix, classIndexes, { objective: 'binary' })).toThrow(/Class indexes must be integers from 0 to 1. Got 2/);
  });
});

describe('regression', () => {
  it('starts at the weighted mean; a full step moves leaves to the mean of their rows', () => {
    const targets = Float64Array.of(1, 2, 3, 10, 11, 15);
    const one = { names: ['x'], columns: [Float64Array.of(1, 2, 3, 4, 5, 6)], length: 6 };
    const model = fitBoosting(one, targets, { objective: 'squared', params: { numIterations: 1, learningRate: 1, numLeaves: 2, minDataInLeaf: 1, minDataInBin: 1 } });
    expect(model.start[0]).toBeCloseTo(7, 12);
    expect([...predictBoosting(model, one.columns, 6)].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([2, 2, 2, 12, 12, 12]);
  });

  it('learns numbers', () => {
    const clean = numbers.map((value) => (value > 500 ? 0 : value));
    const p = predict(fitBoosting(matrix, clean, { objective: 'squared' }));
    const error = (of: (row: number) => number): number => clean.reduce((sum, value, row) => sum + (value - of(row)) ** 2, 0) / rows;
    const mean = clean.reduce((sum, value) => sum + value, 0) / rows;
    expect(error((row) => p[row])).toBeLessThan(error(() => mean) / 5);
  });

  it("is not drawn to outliers with Huber's loss, and is the squared loss where all are near", () => {
    const params = { numIterations: 200 };
    const huber = predict(fitBoosting(matrix, numbers, { objective: 'huber', params }));
    const squared = predict(fitBoosting(matrix, numbers, { objective: 'squared', params }));
    const median = (of: Float64Array): number => of.map((value, row) => Math.abs(value - (numbers[row] > 500 ? numbers[row] - 1000 : numbers[row]))).sort()[rows >> 1];
    expect(median(huber)).toBeLessThan(median(squared) / 2);
    const wide = predict(fitBoosting(matrix, numbers, { objective: 'huber', params: { numIterations: 5, huberDelta: 1e9, boostFromAverage: false } }));
    expect([...wide]).toEqual([...predict(fitBoosting(matrix, numbers, { objective: 'squared', params: { numIterations: 5, boostFromAverage: false } }))]);
  });

  it('stops early on its own loss', () => {
    const later = sampleProblem(2, 200, 5).matrix;
    const targets = Float64Array.from(later.columns[0], (x) => 10 * Number(x > 0));
    const noisy = numbers.map((value) => (value > 500 ? 0 : value + 5 * random.normal()));
    const model = fitBoosting(matrix, noisy, { objective: 'squared', validation: { matrix: later, targets }, params: { earlyStoppingRound: 5, numIterations: 500, learningRate: 0.3 } });
    expect(model.iterations).toBeGreaterThan(0);
    expect(model.iterations).toBeLessThan(100);
  });

  it('refuses targets that are no numbers', () => {
    for (const bad of [Number.NaN, Infinity, 1e60]) {
      const targets = numbers.map((value, row) => (row === 3 ? bad : value));
      expect(() => fitBoosting(matrix, targets, { objective: 'squared' })).toThrow(new RegExp(`Got ${String(bad).replace('+', '\\+')} in row 3`));
    }
  });
});

describe('monotone constraints', () => {
  const wave = Float64Array.from({ length: rows }, (_, row) => 3 * Math.sin(2 * (matrix.columns[0][row] || 0)) + (matrix.columns[0][row] || 0) + (matrix.columns[2][row] || 0));
  /** How often a step up of feature 0 moves the prediction down, over some rows. */
  const falls = (model: BoostedTrees): number => {
    let count = 0;
    for (let row = 0; row < 40; row += 1) {
      const steps = 60;
      const columns = matrix.columns.map((column, feature) => Float64Array.from({ length: steps }, (_, i) => (feature === 0 ? -3 + i / 10 : column[row])));
      const scores = predictScores(model, columns, steps);
      for (let i = 1; i < steps; i += 1) if (scores[i] < scores[i - 1]) count += 1;
    }
    return count;
  };
  const fit = (monotoneConstraints: number[] | undefined, own: Partial<BoostingOptions> = {}) =>
    fitBoosting(matrix, wave, { objective: 'squared', ...own, ...(monotoneConstraints && { monotoneConstraints }), params: { minDataInLeaf: 5, numIterations: 40, ...own.params } });

  it('are kept everywhere, where a free fit breaks them', () => {
    expect(falls(fit(undefined))).toBeGreaterThan(100);
    for (const own of [{}, { params: { growPolicy: 'depth-wise' as const, lambdaL1: 0.5, lambdaL2: 2 } }, { params: { baggingFraction: 0.5, baggingFreq: 1 } }]) {
      const model = fit([1, 0, 0, 0, 0], own);
      expect(falls(model)).toBe(0);
      expect(model.trees.features.filter((feature) => feature === 0).length).toBeGreaterThan(20);
      const turned = fit([-1, 0, 0, 0, 0], own);
      expect(falls({ ...turned, start: turned.start.map((value) => -value), trees: { ...turned.trees, values: turned.trees.values.map((value) => -value) } })).toBe(0);
    }
  });

  it('change nothing when all are 0', () => {
    expect(fit([0, 0, 0, 0, 0])).toEqual(fit(undefined));
  });

  it('refuse what is not a sign per feature', () => {
    expect(() => fit([1, 0])).toThrow(/monotoneConstraints.*must be 5 numbers of -1, 0 or 1, one per feature. Got "1 0"/);
    expect(() => fit([1, 0, 0, 0, 2])).toThrow(/Got "1 0 0 0 2"/);
  });
});

describe('warm start', () => {
  it('goes on as if it had never stopped', () => {
    for (const options of [{ classes: 3 }, { objective: 'binary' as const }, { objective: 'squared' as const }]) {
      const targets = options.objective === 'binary' ? isHigh : options.objective === 'squared' ? numbers : classIndexes;
      const first = fitBoosting(matrix, targets, { ...options, params: { numIterations: 8 } });
      const both = fitBoosting(matrix, targets, { ...options, initialModel: first, params: { numIterations: 5 } });
      const whole = fitBoosting(matrix, targets, { ...options, params: { numIterations: 13 } });
      expect(both.iterations).toBe(13);
      expect(both).toEqual(whole);
    }
  });

  it('keeps the initial model where validation says that more makes it worse', () => {
    const later = sampleProblem(2, 200, 5, { missing: 0.1 });
    const params = { earlyStoppingRound: 3, numIterations: 400, learningRate: 0.3 };
    const validation = { matrix: later.matrix, targets: later.classIndexes };
    const best = fitBoosting(matrix, classIndexes, { classes: 3, params, validation });
    const more = fitBoosting(matrix, classIndexes, { classes: 3, params, validation, initialModel: best });
    expect(more.iterations).toBe(best.iterations);
    expect(more.trees).toEqual(best.trees);
  });

  it('refuses a model of another kind', () => {
    const binary = fitBoosting(matrix, isHigh, { objective: 'binary', params: { numIterations: 2 } });
    const narrow = { names: ['f0'], columns: matrix.columns.slice(0, 1), length: rows };
    expect(() => fitBoosting(matrix, classIndexes, { classes: 3, initialModel: binary })).toThrow(/initial model must be of the objective multiclass. Got binary/);
    expect(() => fitBoosting(narrow, isHigh, { objective: 'binary', initialModel: binary })).toThrow(/initial model must use features 0 to 0/);
    const two = fitBoosting(matrix, isHigh, { classes: 2, params: { numIterations: 2 } });
    expect(() => fitBoosting(matrix, classIndexes, { classes: 3, initialModel: two })).toThrow(/must have 3 classes. Got 2/);
  });
});

describe('limits that nothing can keep', () => {
  it.each([700, 1e9, 1e300])('a least hessian of %d leaves no split, on both paths', (minSumHessianInLeaf) => {
    for (const backend of ['js', 'wasm'] as const) {
      const model = fitBoosting(matrix, classIndexes, { classes: 3, backend, params: { numIterations: 3, minSumHessianInLeaf, minDataInLeaf: 0 } });
      expect(model.iterations).toBe(0);
    }
  });

  it.each<[string, number, number]>([['tiny weights', 1e-6, 0.1], ['large steps', 1, 1.5]])('%s give the same bits on both paths, and leaves of sensible size', (_name, weight, learningRate) => {
    const line = { names: ['x'], columns: [Float64Array.from({ length: 600 }, (_, row) => row / 600)], length: 600 };
    const thirds = Uint8Array.from({ length: 600 }, (_, row) => Math.floor(row / 200));
    const weights = new Float64Array(600).fill(weight);
    const [js, wasm] = (['js', 'wasm'] as const).map((backend) => fitBoosting(line, thirds, { classes: 3, weights, backend, params: { numIterations: 40, learningRate } }));
    expect(wasm).toEqual(js);
    // no sum of gradients is above the total weight, and no hessian of a leaf (much) below 0.001
    expect(js.trees.values.every((value) => Math.abs(value) < (1.01 * learningRate * 600 * weight) / 1e-3)).toBe(true);
  });

  it('stops a fit that diverges, and says why', () => {
    for (const backend of ['js', 'wasm'] as const) {
      expect(() => fitBoosting(matrix, numbers, { objective: 'squared', backend, params: { learningRate: 1000, numIterations: 200 } })).toThrow(/The fit diverges/);
    }
  });
});

describe('backends', () => {
  it('give the same bits whatever else is asked for', () => {
    for (const options of [
      { classes: 3, params: { growPolicy: 'depth-wise' as const, baggingFraction: 0.7, baggingFreq: 2, featureFraction: 0.6 } },
      { classes: 3, monotoneConstraints: [1, -1, 0, 0, 0], params: { lambdaL1: 0.1 } },
      { objective: 'binary' as const, weights: numbers.map((_, row) => row % 3), params: { lambdaL2: 3, minDataInLeaf: 1 } },
      { objective: 'huber' as const, params: { maxBin: 16, maxDepth: 4 } },
    ]) {
      const targets = options.objective === 'binary' ? isHigh : options.objective === 'huber' ? numbers : classIndexes;
      const [js, wasm] = (['js', 'wasm'] as const).map((backend) => fitBoosting(matrix, targets, { ...options, backend, params: { numIterations: 20, ...options.params } }));
      expect(wasm).toEqual(js);
      expect(js.trees.roots.length).toBeGreaterThanOrEqual(20);
    }
  });

  it('fit inside a fit, and after a fit that failed', () => {
    const plain = fitBoosting(matrix, classIndexes, { classes: 3, params: { numIterations: 4 } });
    const inner: BoostedTrees[] = [];
    const outer = fitBoosting(matrix, classIndexes, {
      classes: 3,
      params: { numIterations: 4 },
      onIteration: () => void inner.push(fitBoosting(matrix, classIndexes, { classes: 3, params: { numIterations: 4 } })),
    });
    const stop = () => {
      throw new Error('enough');
    };
    expect(() => fitBoosting(matrix, classIndexes, { classes: 3, onIteration: stop })).toThrow('enough');
    for (const model of [outer, ...inner, fitBoosting(matrix, classIndexes, { classes: 3, params: { numIterations: 4 } })]) expect(model).toEqual(plain);
  });

  it('refuses an unknown one', () => {
    expect(() => fitBoosting(matrix, classIndexes, { classes: 3, backend: 'gpu' as 'js' })).toThrow(/`backend` option of fitBoosting must be 'auto', 'wasm' or 'js'. Got "gpu"/);
  });

  it('takes the TypeScript path where the engine has no WebAssembly', () => {
    const host = globalThis as { WebAssembly?: unknown };
    const kept = host.WebAssembly;
    const expected = fitBoosting(matrix, classIndexes, { classes: 3, params: { numIterations: 3 } });
    try {
      delete host.WebAssembly;
      expect(fitBoosting({ ...matrix }, classIndexes, { classes: 3, backend: 'js', params: { numIterations: 3 } })).toEqual(expected);
    } finally {
      host.WebAssembly = kept;
    }
  });
});
