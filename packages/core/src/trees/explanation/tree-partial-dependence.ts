// Partial dependence of an ensemble by its own training rows (Friedman 2001, section 8.2): at splits on other features both branches
// are followed, each with its share of the training rows. One pass per point and no data; scikit-learn's method 'recursion'.
import type { TreeEnsemble } from '../ensemble/tree-ensemble.js';
import { treeEnd } from './shap-plan.js';

/**
 * Mean output [points × classes] where the features `indexes` are held at each of `points` ([points × indexes], row by row; NaN is missing)
 * and the others are as in training. Of a forest these are sums of probabilities over the trees, of boosting sums of raw scores (without
 * the start): not probabilities, and their softmax is not the mean probability.
 */
export function treePartialDependence(ensemble: TreeEnsemble, indexes: readonly number[], points: Float64Array, classes: number): Float64Array {
  const { outputs, roots, values } = ensemble;
  const count = points.length / indexes.length;
  const sums = new Float64Array(count * classes);
  const held = new Map(indexes.map((feature, i) => [feature, i]));
  const weights = new Float64Array(ensemble.features.length);
  for (let point = 0; point < count; point += 1) {
    for (let tree = 0; tree < roots.length; tree += 1) {
      const to = point * classes + (outputs === 1 ? tree % classes : 0);
      weights[roots[tree]] = 1;
      for (let node = roots[tree]; node < treeEnd(ensemble, tree); node += 1) {
        if (ensemble.features[node] >= 0) {
          handDown(ensemble, node, weights, held, points, point * indexes.length);
          continue;
        }
        for (let i = 0; i < outputs; i += 1) sums[to + i] += weights[node] * values[ensemble.rights[node] + i];
      }
    }
  }
  return sums;
}

/** Hands the weight of a split to its children. */
function handDown({ features, thresholds, missingLeft, rights, covers }: TreeEnsemble, node: number, weights: Float64Array, held: ReadonlyMap<number, number>, points: Float64Array, at: number): void {
  const place = held.get(features[node]);
  let leftShare = covers[node] > 0 ? covers[node + 1] / covers[node] : 0.5;
  if (place !== undefined) {
    const x = points[at + place];
    leftShare = x <= thresholds[node] || (x !== x && missingLeft[node] === 1) ? 1 : 0;
  }
  weights[node + 1] = weights[node] * leftShare;
  weights[rights[node]] = weights[node] * (1 - leftShare);
}
