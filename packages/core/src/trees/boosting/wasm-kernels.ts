// The WebAssembly set of boosting's hot loops (packages/core/assembly/boosting): arrays are named by their byte offsets.
import { SCRATCH_OFFSET } from '../kernels/allocate-arrays.js';
import { BOOSTING_WASM } from '../kernels/boosting-wasm.js';
import { instantiateKernel } from '../kernels/instantiate-kernel.js';
import type { WasmMemory } from '../kernels/web-assembly.js';
import type { BoostingKernels } from './boosting-kernels.js';
import { firstBinOf, groupCount } from './feature-groups.js';
import type { FeatureGroups } from './feature-groups.js';
import { marksOf } from './histogram.js';
import { rightBins } from './row-partition.js';
import { gainFloor, leastHessian } from './split-search.js';

/** The functions that the module exports. */
export interface BoostingExports {
  fillHistogram(histogram: number, bins: number, rowCount: number, width: number, pairs: number, rows: number, begin: number, end: number, fromGroup: number, toGroup: number): void;
  subtractHistogram(parent: number, child: number, bytes: number): void;
  findBestSplit(
    histogram: number, binCounts: number, missingBins: number, features: number, featureCount: number,
    gradient: number, hessian: number, minHessian: number, lambdaL1: number, lambdaL2: number, floor: number, result: number,
  ): number;
  partitionRows(rows: number, begin: number, end: number, bins: number, firstRight: number, lastRight: number, spare: number): number;
  quantize(derivatives: number, pairs: number, count: number, gradientScale: number, hessianScale: number): void;
  sumLeaf(derivatives: number, rows: number, begin: number, end: number, result: number): void;
  addToScores(scores: number, rows: number, begin: number, end: number, step: number): void;
  copyBytes(to: number, from: number, bytes: number): void;
  softmaxDerivatives(
    derivatives: number, scores: number, labels: number, weights: number, rows: number, classes: number, begin: number, end: number,
    factor: number, gradientRounder: number, hessianRounder: number, sums: number,
  ): void;
}

/** A set of kernels and the memory that its arrays must lie in; undefined for the TypeScript set, which takes any. */
export interface KernelSet {
  readonly kernels: BoostingKernels;
  readonly memory: WasmMemory | undefined;
}

/** Doubles that `findBestSplit` writes: gain, bin, 1 for missing left, gradient and hessian of the left side. */
export const SPLIT_LENGTH = 5;

/** A new instance, or undefined where the engine has no WebAssembly with SIMD. */
export function createWasmKernels(): KernelSet | undefined {
  const instance = instantiateKernel<BoostingExports>(BOOSTING_WASM);
  return instance && { kernels: wrapExports(instance.exports, instance.memory), memory: instance.memory };
}

/** The module's functions as kernels; their arrays lie in `memory`. */
export function wrapExports(wasm: BoostingExports, memory: WasmMemory): BoostingKernels {
  let found = new Float64Array(memory.buffer, SCRATCH_OFFSET, SPLIT_LENGTH);
  return {
    fillHistogram(histogram, { bins, rows: rowCount, width }, pairs, rows, begin, end) {
      wasm.fillHistogram(histogram.byteOffset, bins.byteOffset, rowCount, width, pairs.byteOffset, rows === undefined ? 0 : rows.byteOffset, begin, end, 0, groupCount(width));
    },
    subtractHistogram: (parent, child) => wasm.subtractHistogram(parent.byteOffset, child.byteOffset, 4 * marksOf(parent)),
    findBestSplit: (histogram, groups, features, leaf, limits) => {
      const floor = gainFloor(leaf, limits);
      const feature = wasm.findBestSplit(
        histogram.byteOffset, groups.binCounts.byteOffset, groups.missingBins.byteOffset, features.byteOffset, features.length,
        leaf.gradient, leaf.hessian, leastHessian(leaf, limits), limits.lambdaL1, limits.lambdaL2, floor, SCRATCH_OFFSET,
      );
      if (feature < 0) return undefined;
      if (found.length === 0) found = new Float64Array(memory.buffer, SCRATCH_OFFSET, SPLIT_LENGTH); // memory has grown
      return { feature, bin: found[1], isMissingLeft: found[2] === 1, gain: found[0] - floor, leftGradient: found[3], leftHessian: found[4] };
    },
    partitionRows(rows, begin, end, groups: FeatureGroups, split, spare) {
      const [firstRight, lastRight] = rightBins(groups, split);
      return wasm.partitionRows(rows.byteOffset, begin, end, groups.bins.byteOffset + firstBinOf(groups, split.feature), firstRight, lastRight, spare.byteOffset);
    },
    quantize: (pairs, derivatives, rows, { gradientScale, hessianScale }) => wasm.quantize(derivatives.byteOffset, pairs.byteOffset, rows, gradientScale, hessianScale),
    sumLeaf: (sums, derivatives, rows, begin, end) => wasm.sumLeaf(derivatives.byteOffset, rows.byteOffset, begin, end, sums.byteOffset),
    addToScores: (scores, rows, begin, end, step) => wasm.addToScores(scores.byteOffset, rows.byteOffset, begin, end, step),
    softmaxDerivatives({ derivatives, scores, labels, weights, stride, sums }, classes, { factor, gradientRounder, hessianRounder }) {
      sums.fill(0);
      wasm.softmaxDerivatives(
        derivatives.byteOffset, scores.byteOffset, labels.byteOffset, weights.byteOffset, stride, classes, 0, stride,
        factor, gradientRounder, hessianRounder, sums.byteOffset,
      );
    },
  };
}
