// The last step of a fit, wherever the trees were grown.
import type { FeatureMatrix } from '../../features/feature-table.js';
import type { TreeEnsemble } from '../ensemble/tree-ensemble.js';
import type { Forest } from './forest.js';
import type { ForestPlan } from './forest-plan.js';
import { scoreOutOfBag } from './out-of-bag.js';

/** The forest of all trees of a plan for `matrix`, judged out of bag if `oob`. */
export function finishForest(plan: ForestPlan, trees: TreeEnsemble, matrix: FeatureMatrix, oob: boolean): Forest {
  return { classes: plan.classes, trees, ...(oob && { outOfBag: scoreOutOfBag(plan, trees, matrix) }) };
}
