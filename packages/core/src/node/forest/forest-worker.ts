// The file of a forest's worker threads; started by fitForestThreaded.
import type { TreeEnsemble } from '../../trees/ensemble/tree-ensemble.js';
import type { ForestPlan } from '../../trees/forest/forest-plan.js';
import { growTrees } from '../../trees/forest/grow-trees.js';
import { serveTasks } from '../workers/serve-tasks.js';

/** Trees `from` to `to` - 1. */
export interface TreeRange {
  readonly from: number;
  readonly to: number;
}

void serveTasks<ForestPlan, TreeRange, TreeEnsemble>((plan) => Promise.resolve(({ from, to }) => growTrees(plan, from, to)));
