// Grows a range of the trees of a forest. Tree t depends on the plan and on t alone: ranges may be grown anywhere and joined.
import { createRandom } from '../../numeric/random.js';
import { TreeEnsembleBuilder } from '../ensemble/tree-ensemble.js';
import type { TreeEnsemble } from '../ensemble/tree-ensemble.js';
import type { CriterionName } from './criterion.js';
import { createForestMemory } from './forest-memory.js';
import type { ForestMemory } from './forest-memory.js';
import { featuresPerSplit } from './forest-options.js';
import { drawRows, weighRows } from './forest-plan.js';
import type { ForestPlan } from './forest-plan.js';
import { growForestTree } from './grow-forest-tree.js';
import { borrowKernel } from './kernel-pool.js';
import { kernelOperations } from './kernel-operations.js';
import type { ForestKernelInstance } from './kernel-operations.js';
import type { NodeOperations, SideLimits } from './node-operations.js';
import { plainOperations } from './plain-operations.js';
import { createSplitSearch } from './split-search.js';

export interface GrowOptions {
  /** Use WebAssembly where the engine has it; without, the same trees grow more slowly. Default: true. */
  readonly useKernel?: boolean;
  /** Called after each tree with how many of the range are done; what it throws ends the growing. */
  readonly onTree?: (done: number) => void;
}

/** Trees `from` to `to` - 1 of the planned forest. */
export function growTrees(plan: ForestPlan, from: number, to: number, { useKernel = true, onTree }: GrowOptions = {}): TreeEnsemble {
  if (!useKernel) return grow(plan, from, to, undefined, onTree);
  return borrowKernel((kernel) => grow(plan, from, to, kernel, onTree));
}

function grow(plan: ForestPlan, from: number, to: number, kernel: ForestKernelInstance | undefined, onTree: GrowOptions['onTree']): TreeEnsemble {
  const { params, weights } = plan;
  const limits = {
    criterion: params.criterion,
    maxDepth: params.maxDepth ?? Infinity,
    maxLeafNodes: params.maxLeafNodes ?? Infinity,
    minSamplesSplit: params.minSamplesSplit,
    minImpurityDecrease: params.minImpurityDecrease,
    minRows: params.minSamplesLeaf,
    minWeight: params.minWeightFractionLeaf * weights.reduce((sum, weight) => sum + weight, 0),
  };
  const operations = operationsOn(plan, limits, kernel);
  const { arrays, width } = operations.memory;
  const searchOptions = { ...limits, featuresPerSplit: featuresPerSplit(params.maxFeatures, width) };
  const builder = new TreeEnsembleBuilder(plan.classes);
  for (let tree = from; tree < to; tree += 1) {
    const random = createRandom(plan.seed, tree);
    const draws = drawRows(plan, random);
    arrays.draws.set(draws);
    arrays.weights.set(weighRows(plan, draws));
    const rows = takeSample(arrays.sample, draws);
    operations.startTree();
    growForestTree(builder, operations, createSplitSearch(operations, searchOptions, random), searchOptions, rows);
    onTree?.(tree + 1 - from);
  }
  return builder.build();
}

function operationsOn(plan: ForestPlan, limits: SideLimits & { readonly criterion: CriterionName }, kernel: ForestKernelInstance | undefined): NodeOperations {
  const memoryIn = (instance?: ForestKernelInstance): ForestMemory => createForestMemory(plan.table, plan.classIndexes, plan.classes, instance);
  if (kernel === undefined) return plainOperations(memoryIn(), limits);
  try {
    return kernelOperations(memoryIn(kernel), limits, kernel);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return plainOperations(memoryIn(), limits); // more than 32 bits can address
  }
}

/** Writes the rows that were drawn into `sample`; returns how many. */
function takeSample(sample: Int32Array, draws: Int32Array): number {
  let count = 0;
  for (let row = 0; row < draws.length; row += 1) {
    if (draws[row] === 0) continue;
    sample[count] = row;
    count += 1;
  }
  return count;
}
