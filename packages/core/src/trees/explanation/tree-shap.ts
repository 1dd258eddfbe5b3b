// Exact SHAP values of trees: how much each feature moved one row's output away from the mean output.
// TreeSHAP, path-dependent (Lundberg, Erion, Lee 2018, https://arxiv.org/abs/1802.03888, algorithm 2): a feature outside the
// considered set sends the row down both branches, each with the branch's share of the training rows.
import { ForecastLabError } from '../../errors.js';
import type { TreeEnsemble } from '../ensemble/tree-ensemble.js';

/** Deeper trees would exhaust the call stack; trees that are deeper than a few dozen splits are rare. */
const MAX_DEPTH = 2000;

/**
 * The distinct features on the way from the root to a node. Entry 0 stands for no feature.
 * zero: share of training rows that pass this feature's splits; one: 1 when the explained row passes them, else 0;
 * weight i: how much the subsets with i of the features count.
 */
interface Path {
  readonly features: Int32Array;
  readonly zero: Float64Array;
  readonly one: Float64Array;
  readonly weights: Float64Array;
}

/**
 * SHAP values [features] of one output for one row: their sum is the ensemble's output minus `expectedOutput`.
 * `row`: [features]. `output`: the class. Trees of other classes are left out.
 */
export function treeShap(ensemble: TreeEnsemble, row: Float64Array, output: number, classes: number): Float64Array {
  const phi = new Float64Array(row.length);
  const paths: Path[] = [];
  forEachTreeOf(ensemble, output, classes, (root, slot) => {
    visit(ensemble, row, slot, phi, paths, { node: root, depth: 0, length: 0, zero: 1, one: 1, feature: -1 });
  });
  return phi;
}

/** The mean of one output over the training rows as the trees' covers count them. */
export function expectedOutput(ensemble: TreeEnsemble, output: number, classes: number): number {
  const { features, rights, covers, values } = ensemble;
  let expected = 0;
  forEachTreeOf(ensemble, output, classes, (root, slot, end) => {
    for (let node = root; node < end; node += 1) {
      if (features[node] < 0) expected += (values[rights[node] + slot] * covers[node]) / covers[root];
    }
  });
  return expected;
}

function forEachTreeOf(ensemble: TreeEnsemble, output: number, classes: number, take: (root: number, slot: number, end: number) => void): void {
  const { roots, outputs, features } = ensemble;
  for (let tree = outputs === 1 ? output : 0; tree < roots.length; tree += outputs === 1 ? classes : 1) {
    take(roots[tree], outputs === 1 ? 0 : output, tree + 1 < roots.length ? roots[tree + 1] : features.length);
  }
}

/** A step down to `node` by a split on `feature`, after a path of `length` entries. */
interface Step {
  readonly node: number;
  readonly depth: number;
  readonly length: number;
  readonly zero: number;
  readonly one: number;
  readonly feature: number;
}

function visit(ensemble: TreeEnsemble, row: Float64Array, slot: number, phi: Float64Array, paths: Path[], step: Step): void {
  const { node, depth } = step;
  if (depth > MAX_DEPTH) {
    throw new ForecastLabError('FAILED', `A tree is deeper than ${MAX_DEPTH} splits; its contributions cannot be computed.`, { hint: 'Train with a `maxDepth`.' });
  }
  const path = pathAt(paths, depth, row.length);
  if (depth > 0) copyPath(paths[depth - 1], path, step.length);
  extend(path, step);
  let length = step.length + 1;
  const feature = ensemble.features[node];
  if (feature < 0) {
    const value = ensemble.values[ensemble.rights[node] + slot];
    for (let i = 1; i < length; i += 1) phi[path.features[i]] += weightWithout(path, length, i) * (path.one[i] - path.zero[i]) * value;
    return;
  }
  let zero = 1;
  let one = 1;
  for (let i = 1; i < length; i += 1) {
    if (path.features[i] !== feature) continue;
    // the feature was met before: both splits together are one entry
    zero = path.zero[i];
    one = path.one[i];
    remove(path, length, i);
    length -= 1;
    break;
  }
  const x = row[feature];
  const isLeft = x <= ensemble.thresholds[node] || (x !== x && ensemble.missingLeft[node] === 1);
  const left = node + 1;
  const right = ensemble.rights[node];
  const follow = (child: number, isTaken: boolean): void =>
    visit(ensemble, row, slot, phi, paths, {
      node: child,
      depth: depth + 1,
      length,
      zero: (zero * ensemble.covers[child]) / ensemble.covers[node],
      one: isTaken ? one : 0,
      feature,
    });
  follow(left, isLeft);
  follow(right, !isLeft);
}

function pathAt(paths: Path[], depth: number, width: number): Path {
  const room = Math.min(depth, width) + 2; // each feature is in the path once
  paths[depth] ??= { features: new Int32Array(room), zero: new Float64Array(room), one: new Float64Array(room), weights: new Float64Array(room) };
  return paths[depth];
}

function copyPath(from: Path, to: Path, length: number): void {
  for (let i = 0; i < length; i += 1) {
    to.features[i] = from.features[i];
    to.zero[i] = from.zero[i];
    to.one[i] = from.one[i];
    to.weights[i] = from.weights[i];
  }
}

/** Adds an entry: each subset of the path either has the new feature or not. */
function extend({ features, zero, one, weights }: Path, step: Step): void {
  const at = step.length;
  features[at] = step.feature;
  zero[at] = step.zero;
  one[at] = step.one;
  weights[at] = at === 0 ? 1 : 0;
  for (let i = at - 1; i >= 0; i -= 1) {
    weights[i + 1] += (step.one * weights[i] * (i + 1)) / (at + 1);
    weights[i] = (step.zero * weights[i] * (at - i)) / (at + 1);
  }
}

/** Undoes `extend` for entry `index` of a path with `length` entries. */
function remove({ features, zero, one, weights }: Path, length: number, index: number): void {
  const last = length - 1;
  let next = weights[last];
  for (let i = last - 1; i >= 0; i -= 1) {
    if (one[index] !== 0) {
      const before = weights[i];
      weights[i] = (next * length) / ((i + 1) * one[index]);
      next = before - (weights[i] * zero[index] * (last - i)) / length;
    } else {
      weights[i] = (weights[i] * length) / (zero[index] * (last - i));
    }
  }
  for (let i = index; i < last; i += 1) {
    features[i] = features[i + 1];
    zero[i] = zero[i + 1];
    one[i] = one[i + 1];
  }
}

/** The sum of the weights that the path would have without entry `index`. */
function weightWithout({ zero, one, weights }: Path, length: number, index: number): number {
  const last = length - 1;
  let next = weights[last];
  let sum = 0;
  for (let i = last - 1; i >= 0; i -= 1) {
    if (one[index] !== 0) {
      const weight = (next * length) / ((i + 1) * one[index]);
      sum += weight;
      next = weights[i] - (weight * zero[index] * (last - i)) / length;
    } else {
      sum += (weights[i] * length) / (zero[index] * (last - i));
    }
  }
  return sum;
}
