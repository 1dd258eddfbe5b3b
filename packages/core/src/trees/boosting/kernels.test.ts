// Both sets of kernels, TypeScript and WebAssembly, on the same random data: the same bits.
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { allocateArrays } from '../kernels/allocate-arrays.js';
import { JS_KERNELS } from './boosting-kernels.js';
import { groupCount } from './feature-groups.js';
import { HISTOGRAM_STRIDE, histogramLength } from './histogram.js';
import { createWasmKernels } from './wasm-kernels.js';
import type { KernelSet } from './wasm-kernels.js';

const sets: Record<string, KernelSet> = { js: { kernels: JS_KERNELS, memory: undefined }, wasm: createWasmKernels() as KernelSet };

/** The same random rows for both sets. `spread`: powers of two between the smallest and the largest pair. */
function workOf({ kernels, memory }: KernelSet, seed: number, rows: number, width: number, classes = 3, spread = 10) {
  const random = createRandom(seed);
  const stride = rows + (rows % 2);
  const length = histogramLength(groupCount(width));
  const arrays = allocateArrays(memory, {
    bins: ['uint8', groupCount(width) * rows * 8],
    binCounts: ['int32', width],
    missingBins: ['int32', width],
    features: ['int32', width],
    rows: ['int32', rows],
    spare: ['int32', rows],
    labels: ['uint8', stride],
    weights: ['float64', stride],
    scores: ['float64', classes * stride],
    derivatives: ['float64', 2 * classes * stride],
    sums: ['float64', 2 * classes],
    pairs: ['int32', 2 * rows],
    first: ['int32', length],
    second: ['int32', length],
  });
  const { bins, binCounts, missingBins, features, pairs, scores, labels, weights } = arrays;
  for (let feature = 0; feature < width; feature += 1) {
    binCounts[feature] = 1 + random.integer(256);
    missingBins[feature] = binCounts[feature] > 1 && random.next() < 0.4 ? binCounts[feature] - 1 : -1;
    features[feature] = feature;
    for (let row = 0; row < rows; row += 1) bins[(feature - (feature % 8)) * rows + 8 * row + (feature % 8)] = random.integer(binCounts[feature]);
  }
  for (let row = 0; row < rows; row += 1) {
    arrays.rows[row] = row;
    pairs[2 * row] = Math.floor(random.next() * 2 ** random.integer(spread));
    pairs[2 * row + 1] = Math.floor((random.next() - 0.5) * 2 ** random.integer(spread + 1));
    labels[row] = random.integer(classes);
    weights[row] = random.next() * 3;
    for (let k = 0; k < classes; k += 1) scores[k * stride + row] = random.next() < 0.05 ? -900 * random.next() : 20 * random.normal();
  }
  return { ...arrays, kernels, stride, groups: { rows, width, bins, binCounts, missingBins }, derivativeArrays: { rows, stride, scores, labels, weights, derivatives: arrays.derivatives, sums: arrays.sums } };
}

type Work = ReturnType<typeof workOf>;

/** What `act` gives for both sets. */
function both<Result>(make: (set: KernelSet) => Work, act: (work: Work) => Result): [Result, Result] {
  return [act(make(sets.js)), act(make(sets.wasm))];
}

const shapes: [rows: number, width: number][] = [[1, 1], [2, 8], [33, 4], [40, 5], [300, 13], [1001, 24]];

describe('kernels in WebAssembly and TypeScript', () => {
  it.each(shapes)('histograms of %d rows and %d features', (rows, width) => {
    const [js, wasm] = both((set) => workOf(set, rows, rows, width), ({ kernels, groups, pairs, first, second, rows: order }) => {
      order.reverse();
      const [begin, end] = [Math.floor(rows / 5), Math.ceil(rows / 2)];
      kernels.fillHistogram(first, groups, pairs, undefined, 0, rows);
      kernels.fillHistogram(second, groups, pairs, order, begin, end);
      const sums = (histogram: Int32Array) => Array.from(histogram.subarray(0, width * HISTOGRAM_STRIDE));
      const whole = sums(first);
      kernels.subtractHistogram(first, second);
      return [whole, sums(second), sums(first)];
    });
    expect(wasm).toEqual(js);
    expect(js[0].some((sum) => sum !== 0)).toBe(true);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('best splits, seed %d', (seed) => {
    const random = createRandom(seed, 99);
    let found = 0;
    for (let trial = 0; trial < 60; trial += 1) {
      const [rows, width] = [2 + random.integer(trial % 2 === 0 ? 60 : 1500), 1 + random.integer(12)];
      const limits = {
        minRows: random.integer(2) * random.integer(20),
        minHessian: 1 + random.integer(2) * random.integer(50),
        lambdaL1: trial % 5 === 0 ? random.next() * 300 : 0,
        lambdaL2: trial % 7 === 0 ? 1e11 : trial % 3 === 0 ? random.next() * 1000 : 0,
        minGain: trial % 4 === 0 ? random.next() * 100 : 0,
      };
      const [js, wasm] = both((set) => workOf(set, 1000 * seed + trial, rows, width, 3, 1 + (trial % 20)), ({ kernels, groups, pairs, first, features }) => {
        kernels.fillHistogram(first, groups, pairs, undefined, 0, rows);
        let [gradient, hessian] = [0, 0];
        for (let row = 0; row < rows; row += 1) [hessian, gradient] = [hessian + pairs[2 * row], gradient + pairs[2 * row + 1]];
        return kernels.findBestSplit(first, groups, features, { gradient, hessian, count: rows }, limits);
      });
      expect(wasm).toEqual(js);
      if (js !== undefined) found += 1;
    }
    expect(found).toBeGreaterThan(20);
  });

  it.each(shapes)('partitions of %d rows by %d features', (rows, width) => {
    const [js, wasm] = both((set) => workOf(set, rows, rows, width), ({ kernels, groups, rows: order, spare }) => {
      const places: number[] = [];
      for (let feature = 0; feature < width; feature += 1) {
        const split = { feature, bin: Math.floor(groups.binCounts[feature] / 2), isMissingLeft: feature % 2 === 0 };
        places.push(kernels.partitionRows(order, Math.floor(rows / 10), rows, groups, split, spare));
      }
      return [places, Array.from(order)];
    });
    expect(wasm).toEqual(js);
  });

  it.each([[1, 3], [2, 2], [501, 3], [500, 7]])('derivatives of %d rows and %d classes, steps, sums of leaves, scores', (rows, classes) => {
    const scales = { gradientRounder: 1.5 * 2 ** 10, hessianRounder: 1.5 * 2 ** 11, factor: classes / (classes - 1) };
    const [js, wasm] = both((set) => workOf(set, rows, rows, 1, classes), ({ kernels, derivativeArrays, derivatives, sums, pairs, rows: order, scores, stride }) => {
      kernels.softmaxDerivatives(derivativeArrays, classes, scales);
      const own = derivatives.subarray(2 * stride, 2 * (stride + rows));
      kernels.quantize(pairs, own, rows, { gradientScale: 2 ** 12, hessianScale: 2 ** 15 });
      const result = sums.subarray(0, 2);
      const before = Array.from(sums);
      kernels.sumLeaf(result, own, order, Math.floor(rows / 3), rows);
      kernels.addToScores(scores.subarray(0, stride), order, Math.floor(rows / 3), rows, 0.1);
      const filled = Array.from({ length: classes }, (_, k) => Array.from(derivatives.subarray(2 * k * stride, 2 * (k * stride + rows))));
      return [filled, before, Array.from(pairs), Array.from(result), Array.from(scores)];
    });
    expect(wasm).toEqual(js);
    expect(js[0].flat(2).every((value) => Number.isFinite(value))).toBe(true);
  });
});
