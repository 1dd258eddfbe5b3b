// What SHAP values need to know of an ensemble whatever the row: found out once, used for every row.
import type { TreeEnsemble } from '../ensemble/tree-ensemble.js';
import { gaussLegendre } from './gauss-legendre.js';
import type { QuadratureRule } from './gauss-legendre.js';

/** Nodes are counted from their tree's root in `parents` and `previous`. */
export interface ShapPlan {
  /** [nodes] */
  readonly parents: Int32Array;
  /** [nodes] the feature that the parent compares; -1 for a root. */
  readonly leadingFeatures: Int32Array;
  /** [nodes] the nearest node above that one comes to by a split on the same feature as to this node; 0, the root, when there is none. */
  readonly previous: Int32Array;
  /** [nodes] share of training rows that the splits on this feature let through from the root to here, if they were its only ones. */
  readonly shares: Float64Array;
  /** [trees] integrates polynomials in as many factors as a path of the tree has features. */
  readonly rules: readonly QuadratureRule[];
  /** The most nodes of a tree. */
  readonly mostNodes: number;
}

/** Stands for a share of 0, which is possible in models of others: one may divide by it, and what comes of it is as good as 0. */
const NEXT_TO_NOTHING = 1e-200;

const plans = new WeakMap<TreeEnsemble, ShapPlan>();

/** The plan of an ensemble; it goes by the object, whose numbers must not change. */
export function shapPlan(ensemble: TreeEnsemble): ShapPlan {
  const known = plans.get(ensemble);
  if (known !== undefined) return known;
  const plan = makePlan(ensemble);
  plans.set(ensemble, plan);
  return plan;
}

/** Where a tree's nodes end. */
export function treeEnd({ roots, features }: TreeEnsemble, tree: number): number {
  return tree + 1 < roots.length ? roots[tree + 1] : features.length;
}

function makePlan(ensemble: TreeEnsemble): ShapPlan {
  const { roots, features } = ensemble;
  const perNode = (): Int32Array => new Int32Array(features.length);
  const links = { parents: perNode(), leadingFeatures: perNode().fill(-1), previous: perNode(), shares: new Float64Array(features.length).fill(1) };
  const lastOn = new Int32Array(features.reduce((most, feature) => Math.max(most, feature), -1) + 1);
  const ruleOf = new Map<number, QuadratureRule>();
  let mostNodes = 0;
  const rules = Array.from(roots, (root, tree) => {
    const end = treeEnd(ensemble, tree);
    mostNodes = Math.max(mostNodes, end - root);
    // the integrand has one factor less than a path has features; n points are exact up to degree 2 n - 1; they come in pairs
    const points = 2 * Math.max(1, Math.ceil(linkNodes(ensemble, links, lastOn, root, end) / 4));
    const rule = ruleOf.get(points) ?? gaussLegendre(points);
    ruleOf.set(points, rule);
    return rule;
  });
  return { ...links, rules, mostNodes };
}

/**
 * Fills `links` for one tree in as many steps as it has nodes; returns the most distinct features on a path.
 * `lastOn`: [features] the last node on the way down that each leads to; 0 before and after.
 */
function linkNodes({ features, rights, covers }: TreeEnsemble, links: Pick<ShapPlan, 'parents' | 'leadingFeatures' | 'previous' | 'shares'>, lastOn: Int32Array, root: number, end: number): number {
  const { parents, leadingFeatures, previous, shares } = links;
  const distinct = new Int32Array(end - root);
  let most = 0;
  let at = root;
  for (let node = root; node < end; node += 1) {
    const feature = features[node];
    if (feature >= 0) {
      for (const child of [node + 1, rights[node]]) {
        parents[child] = node - root;
        leadingFeatures[child] = feature;
      }
    }
    if (node === root) continue;
    const parent = root + parents[node];
    for (; at !== parent; at = root + parents[at]) lastOn[leadingFeatures[at]] = previous[at];
    const leading = leadingFeatures[node];
    const before = lastOn[leading];
    previous[node] = before;
    lastOn[leading] = node - root;
    const share = covers[parent] > 0 ? covers[node] / covers[parent] : 0.5; // where no row came: half and half
    shares[node] = Math.max(NEXT_TO_NOTHING, shares[root + before] * share);
    distinct[node - root] = distinct[parent - root] + (before === 0 ? 1 : 0);
    most = Math.max(most, distinct[node - root]);
    at = node;
  }
  for (; at !== root; at = root + parents[at]) lastOn[leadingFeatures[at]] = previous[at];
  return most;
}
