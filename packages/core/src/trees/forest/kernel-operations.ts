// The operations on a node in WebAssembly: packages/core/assembly/forest.ts.
import { FOREST_WASM } from '../kernels/forest-wasm.js';
import { instantiateKernel } from '../kernels/instantiate-kernel.js';
import type { KernelInstance } from '../kernels/instantiate-kernel.js';
import type { CriterionName } from './criterion.js';
import type { ForestMemory } from './forest-memory.js';
import { isCounted } from './node-operations.js';
import type { NodeOperations, SideLimits } from './node-operations.js';
import { packWeights } from './pack-weights.js';

interface ForestKernel {
  setUp(...numbersAndPointers: number[]): void;
  setPacked(bits: number): void;
  enterNode(begin: number, count: number): number;
  sortNode(feature: number, begin: number, count: number): number;
  tryGini(feature: number, begin: number, count: number, missingRank: number, bestScore: number): number;
  tryGiniByRank(feature: number, begin: number, count: number, missingRank: number, rankCount: number, bestScore: number): number;
  valueRange(feature: number, begin: number, count: number): number;
  sumLeft(feature: number, begin: number, count: number, threshold: number, isMissingLeft: number): number;
  partitionByRank(feature: number, begin: number, count: number, leftRank: number, alsoLeft: number): number;
  partitionByValue(feature: number, begin: number, count: number, threshold: number, isMissingLeft: number): number;
}

export type ForestKernelInstance = KernelInstance<ForestKernel>;

/** A new instance of the kernel; undefined where this engine has no WebAssembly with SIMD. */
export function instantiateForestKernel(): ForestKernelInstance | undefined {
  return instantiateKernel<ForestKernel>(FOREST_WASM);
}

/** The arrays whose pointers `setUp` takes, in its order. */
const POINTERS = [
  ...(['table', 'classIndexes', 'weights', 'draws', 'sample', 'spare', 'nodeClasses', 'nodeWeights', 'nodeRanks', 'keys', 'otherKeys', 'buckets'] as const),
  ...(['order', 'sortedRanks', 'totals', 'sides', 'histogram', 'rankRows', 'result', 'packed', 'nodePacked', 'moves'] as const),
];

/** What tryGini of the kernel returns: a constant feature, and a split that is better. */
const CONSTANT = 0;
const BETTER = 2;

/** Operations on `memory`, which lies in the memory of `kernel`. */
export function kernelOperations(memory: ForestMemory, limits: SideLimits & { readonly criterion: CriterionName }, { exports: kernel }: ForestKernelInstance): NodeOperations {
  const { arrays, missingRanks, rankCounts } = memory;
  const { result, table } = arrays;
  // the best split by entropy is sought in TypeScript, which reads classes and weights as they are
  const mayPack = memory.table.kind === 'values' || limits.criterion === 'gini';
  kernel.setUp(memory.rows, memory.classes, table.BYTES_PER_ELEMENT, limits.minRows, limits.minWeight, ...POINTERS.map((name) => arrays[name].byteOffset));
  return {
    memory,
    startTree: () => kernel.setPacked(mayPack ? packWeights(memory) : 0),
    enterNode: (begin, count) => kernel.enterNode(begin, count),
    sortNode: (feature, begin, count) => kernel.sortNode(feature, begin, count) !== 0,
    tryGini(feature, begin, count, best) {
      const found = isCounted(rankCounts[feature], count)
        ? kernel.tryGiniByRank(feature, begin, count, missingRanks[feature], rankCounts[feature], best.score)
        : kernel.tryGini(feature, begin, count, missingRanks[feature], best.score);
      if (found === BETTER) {
        best.feature = feature;
        best.score = result[0];
        best.leftRank = result[1];
        best.rightRank = result[2];
        best.isMissingLeft = result[3] === 1;
      }
      return found !== CONSTANT;
    },
    valueRange: (feature, begin, count) => kernel.valueRange(feature, begin, count),
    sumLeft: (feature, begin, count, threshold, isMissingLeft) => kernel.sumLeft(feature, begin, count, threshold, Number(isMissingLeft)),
    partitionByRank: (feature, begin, count, leftRank, isMissingLeft) => kernel.partitionByRank(feature, begin, count, leftRank, isMissingLeft ? missingRanks[feature] : -1),
    partitionByValue: (feature, begin, count, threshold, isMissingLeft) => kernel.partitionByValue(feature, begin, count, threshold, Number(isMissingLeft)),
  };
}
