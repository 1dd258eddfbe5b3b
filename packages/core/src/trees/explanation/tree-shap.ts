// SHAP values of one output for one row, and the mean output that they are measured from.
import type { TreeEnsemble } from '../ensemble/tree-ensemble.js';
import { shapPlan, treeEnd } from './shap-plan.js';
import { addTreeContributions, createContributionMemory } from './tree-contributions.js';

/**
 * SHAP values [features] of one output for one row: their sum is the ensemble's output minus `expectedOutput`.
 * `row`: [features]. `output`: the class. Trees of other classes are left out.
 */
export function treeShap(ensemble: TreeEnsemble, row: Float64Array, output: number, classes: number): Float64Array {
  const phi = new Float64Array(row.length);
  const plan = shapPlan(ensemble);
  const memory = createContributionMemory(plan, 1);
  const isShared = ensemble.outputs > 1;
  const target = { phi, at: 0, step: 1, slot: isShared ? output : 0, outputs: 1 };
  for (let tree = isShared ? 0 : output; tree < ensemble.roots.length; tree += isShared ? 1 : classes) {
    addTreeContributions(ensemble, plan, tree, { data: row, at: 0 }, target, memory);
  }
  return phi;
}

/** The mean of one output over the training rows as the trees' covers count them. */
export function expectedOutput(ensemble: TreeEnsemble, output: number, classes: number): number {
  const { features, rights, roots, covers, values, outputs } = ensemble;
  const isShared = outputs > 1;
  let expected = 0;
  for (let tree = isShared ? 0 : output; tree < roots.length; tree += isShared ? 1 : classes) {
    for (let node = roots[tree]; node < treeEnd(ensemble, tree); node += 1) {
      if (features[node] < 0) expected += (values[rights[node] + (isShared ? output : 0)] * covers[node]) / covers[roots[tree]];
    }
  }
  return expected;
}
