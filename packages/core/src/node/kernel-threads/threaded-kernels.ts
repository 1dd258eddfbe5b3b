// Boosting's kernels with the work of each call shared by threads. Shares are by rows or by features; what each thread finds
// is put together in the order of the shares, so the result is that of one thread, bit for bit.
import { firstBinOf, groupCount, GROUP_SIZE } from '../../trees/boosting/feature-groups.js';
import { rightBins } from '../../trees/boosting/row-partition.js';
import { gainFloor, leastHessian } from '../../trees/boosting/split-search.js';
import type { Split } from '../../trees/boosting/split-search.js';
import { SPLIT_LENGTH, wrapExports } from '../../trees/boosting/wasm-kernels.js';
import type { BoostingExports } from '../../trees/boosting/wasm-kernels.js';
import type { BoostingKernels } from '../../trees/boosting/boosting-kernels.js';
import { SCRATCH_BYTES, SCRATCH_OFFSET } from '../../trees/kernels/allocate-arrays.js';
import type { WasmMemory } from '../../trees/kernels/web-assembly.js';
import type { KernelThreads } from './kernel-threads.js';

/** Below these (some ten microseconds of work) threads cost more than they save: rows times features, features, rows. */
const LEAST_UPDATES = 40_000;
const LEAST_FEATURES = 40;
const LEAST_ROWS = 4096;

/** `wasm`: the calling thread's instance; `memory`: what all work on. Small work is done by the calling thread alone. */
export function shareKernels(wasm: BoostingExports, threads: KernelThreads, memory: WasmMemory): BoostingKernels {
  const single = wrapExports(wasm, memory);
  const { count } = threads;
  const found = new Float64Array(memory.buffer, SCRATCH_OFFSET, SPLIT_LENGTH * count); // [threads × 5]
  const threadSums = new Float64Array(memory.buffer, SCRATCH_OFFSET + found.byteLength, (SCRATCH_BYTES - found.byteLength) / 8); // [threads × classes × 2]
  return {
    ...single,
    fillHistogram(histogram, groups, pairs, rows, begin, end) {
      if ((end - begin) * groups.width < LEAST_UPDATES) return single.fillHistogram(histogram, groups, pairs, rows, begin, end);
      const total = groupCount(groups.width);
      const cut = (thread: number): number => groupCut(groups.width, thread, count);
      threads.call('fillHistogram', (thread) => [
        histogram.byteOffset, groups.bins.byteOffset, groups.rows, groups.width, pairs.byteOffset, rows === undefined ? 0 : rows.byteOffset, begin, end,
        cut(thread), thread === count - 1 ? total : cut(thread + 1),
      ]);
    },
    findBestSplit(histogram, groups, features, leaf, limits) {
      if (features.length < LEAST_FEATURES) return single.findBestSplit(histogram, groups, features, leaf, limits);
      const floor = gainFloor(leaf, limits);
      const least = leastHessian(leaf, limits);
      const cut = (thread: number): number => Math.floor((features.length * thread) / count);
      const best = threads.call('findBestSplit', (thread) => [
        histogram.byteOffset, groups.binCounts.byteOffset, groups.missingBins.byteOffset, features.byteOffset + 4 * cut(thread), cut(thread + 1) - cut(thread),
        leaf.gradient, leaf.hessian, least, limits.lambdaL1, limits.lambdaL2, floor, found.byteOffset + 8 * SPLIT_LENGTH * thread,
      ]);
      return bestOf(best, found, floor);
    },
    partitionRows(rows, begin, end, groups, split, spare) {
      if (end - begin < LEAST_ROWS) return single.partitionRows(rows, begin, end, groups, split, spare);
      const cut = (thread: number): number => begin + Math.floor(((end - begin) * thread) / count);
      const [firstRight, lastRight] = rightBins(groups, split);
      const bins = groups.bins.byteOffset + firstBinOf(groups, split.feature);
      const middles = threads.call('partitionRows', (thread) => [
        rows.byteOffset, cut(thread), cut(thread + 1), bins, firstRight, lastRight, spare.byteOffset + 4 * (cut(thread) - begin),
      ]);
      return joinParts(wasm, rows, spare, middles.map((middle, thread) => [cut(thread), middle]));
    },
    quantize(pairs, derivatives, rows, steps) {
      if (rows < LEAST_ROWS) return single.quantize(pairs, derivatives, rows, steps);
      const cut = (thread: number): number => Math.floor((rows * thread) / count);
      threads.call('quantize', (thread) => [
        derivatives.byteOffset + 16 * cut(thread), pairs.byteOffset + 8 * cut(thread), cut(thread + 1) - cut(thread), steps.gradientScale, steps.hessianScale,
      ]);
    },
    softmaxDerivatives(arrays, classes, scales) {
      if (arrays.rows < LEAST_ROWS || 2 * classes * count > threadSums.length) return single.softmaxDerivatives(arrays, classes, scales);
      const { derivatives, scores, labels, weights, stride, sums } = arrays;
      const cut = (thread: number): number => 2 * Math.floor(((stride / 2) * thread) / count);
      threadSums.fill(0);
      threads.call('softmaxDerivatives', (thread) => [
        derivatives.byteOffset, scores.byteOffset, labels.byteOffset, weights.byteOffset, stride, classes, cut(thread), cut(thread + 1),
        scales.factor, scales.gradientRounder, scales.hessianRounder, threadSums.byteOffset + 16 * classes * thread,
      ]);
      for (let i = 0; i < 2 * classes; i += 1) {
        sums[i] = 0;
        for (let thread = 0; thread < count; thread += 1) sums[i] += threadSums[2 * classes * thread + i]; // exact: on a grid
      }
    },
  };
}

/** The group at which a thread's share begins; the last group counts half when it holds four features or fewer. */
function groupCut(width: number, thread: number, count: number): number {
  const halves = Math.ceil(width / (GROUP_SIZE / 2));
  return Math.round((halves * thread) / count / 2);
}

/** The split with the largest gain, of equals that of the earlier features. */
function bestOf(features: readonly number[], found: Float64Array, floor: number): Split | undefined {
  let best = -1;
  features.forEach((feature, thread) => {
    if (feature >= 0 && (best < 0 || found[SPLIT_LENGTH * thread] > found[SPLIT_LENGTH * best])) best = thread;
  });
  if (best < 0) return undefined;
  const [gain, bin, isMissingLeft, leftGradient, leftHessian] = found.subarray(SPLIT_LENGTH * best, SPLIT_LENGTH * (best + 1));
  return { feature: features[best], bin, isMissingLeft: isMissingLeft === 1, gain: gain - floor, leftGradient, leftHessian };
}

/** Parts that each have their left rows before their right ones become one such part; returns where its right rows begin. */
function joinParts(wasm: BoostingExports, rows: Int32Array, spare: Int32Array, parts: readonly (readonly [begin: number, middle: number])[]): number {
  const place = (row: number): number => rows.byteOffset + 4 * row;
  let [, middle] = parts[0];
  for (const [begin, ownMiddle] of parts.slice(1)) {
    // [left | right | own left | own right]: the two in the middle change places
    const rightBytes = 4 * (begin - middle);
    wasm.copyBytes(spare.byteOffset, place(middle), rightBytes);
    wasm.copyBytes(place(middle), place(begin), 4 * (ownMiddle - begin));
    middle += ownMiddle - begin;
    wasm.copyBytes(place(middle), spare.byteOffset, rightBytes);
  }
  return middle;
}
