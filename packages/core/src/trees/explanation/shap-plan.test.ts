import { expect, it } from 'vitest';
import { joinEnsembles, TreeEnsembleBuilder } from '../ensemble/tree-ensemble.js';
import { shapPlan } from './shap-plan.js';

/** Splits on feature 0; left of it on 1, right of it on 0 again and then on 1. */
function tree() {
  const builder = new TreeEnsembleBuilder(1);
  builder.beginTree();
  const root = builder.addSplit(0, 5, false, 10);
  const left = builder.addSplit(1, 0, false, 4);
  builder.addLeaf([1], 1);
  builder.beginRight(left);
  builder.addLeaf([2], 3);
  builder.beginRight(root);
  const again = builder.addSplit(0, 7, false, 6);
  const last = builder.addSplit(1, 0, false, 2);
  builder.addLeaf([3], 2);
  builder.beginRight(last);
  builder.addLeaf([4], 0);
  builder.beginRight(again);
  builder.addLeaf([5], 4);
  return builder.build();
}

it('knows who leads where, and which node did so before on the same feature', () => {
  const plan = shapPlan(tree());
  expect([...plan.parents]).toEqual([0, 0, 1, 1, 0, 4, 5, 5, 4]);
  expect([...plan.leadingFeatures]).toEqual([-1, 0, 1, 1, 0, 0, 1, 1, 0]);
  expect([...plan.previous]).toEqual([0, 0, 0, 0, 0, 4, 0, 0, 4]);
  [1, 0.4, 1 / 4, 3 / 4, 0.6, 0.6 * (2 / 6), 1, 0, 0.6 * (4 / 6)].forEach((share, node) => expect(plan.shares[node]).toBeCloseTo(share, 12));
  expect(plan.shares[7]).toBeGreaterThan(0);
  expect([plan.mostNodes, plan.rules[0].points.length]).toEqual([9, 2]);
});

it('counts from the root of each tree, and is made once', () => {
  const both = joinEnsembles(1, [tree(), tree()]);
  const plan = shapPlan(both);
  for (const field of ['parents', 'leadingFeatures', 'previous', 'shares'] as const) expect([...plan[field].subarray(9)]).toEqual([...plan[field].subarray(0, 9)]);
  expect(shapPlan(both)).toBe(plan);
  expect(shapPlan({ ...both })).not.toBe(plan);
});
