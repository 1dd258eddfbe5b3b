// Exact SHAP values of trees: how much each feature moved one row's output away from the mean output.
//
// Path-dependent, as TreeSHAP (Lundberg, Erion, Lee 2018, https://arxiv.org/abs/1802.03888): a feature outside the considered set
// sends the row down both branches, each with the branch's share of the training rows. So a leaf of value v pays, to a set S of features,
// v times a factor for each feature on its path: `present` (1 when the row passes all splits on it, else 0) when the feature is in S,
// `share` (of training rows that pass) when it is not. Owen (1972, Multilinear Extensions of Games) writes the Shapley value of such a
// game as an integral over the chance t that a feature is in S:
//
//   phi of feature j  =  ∫ v (present_j - share_j) Π_{i ≠ j} (t present_i + (1 - t) share_i) dt,  t from 0 to 1.
//
// The integrand is a polynomial, so a quadrature with half as many points as the path has features is exact. For each point the products are
// carried down from the root, multiplied with the leaves' values, and added up on the way back: one visit per node, as in Linear
// TreeSHAP (Yu et al. 2022, https://arxiv.org/abs/2209.08192), but with products of positive numbers only, which lose no digits.
import type { TreeEnsemble } from '../ensemble/tree-ensemble.js';
import { treeEnd } from './shap-plan.js';
import type { ShapPlan } from './shap-plan.js';

/**
 * Memory that all rows and trees share, with room for the largest tree; nodes are counted from the root. Quadrature points are taken in
 * pairs, t and 1 - t, which costs less than one after the other: numbers of a point stand side by side with those of its mirror.
 */
export interface ContributionMemory {
  /** [nodes] 1 when the row passes all splits so far on the feature that leads here. */
  readonly present: Float64Array;
  /** [2 × nodes] 1 / (t present + (1 - t) share) of the feature that leads here. */
  readonly inverses: Float64Array;
  /** [2 × nodes] product of the factors of all features on the path. */
  readonly products: Float64Array;
  /** [2 × nodes] what the feature that leads here makes of a product: (present - share) / factor. */
  readonly pulls: Float64Array;
  /** [2 × nodes] sum over the leaves below: product × value. */
  readonly sums: Float64Array;
  /** [nodes × outputs] contributions of the feature that leads here. */
  readonly parts: Float64Array;
}

/** Memory for the trees of `plan` and so many outputs at once. */
export function createContributionMemory({ mostNodes }: ShapPlan, outputs: number): ContributionMemory {
  const pairs = (): Float64Array => new Float64Array(2 * mostNodes);
  const memory = { present: new Float64Array(mostNodes), inverses: pairs(), products: pairs(), pulls: pairs(), sums: pairs(), parts: new Float64Array(mostNodes * outputs) };
  // no feature leads to the root: its factor is 1 and pulls at nothing
  memory.present.fill(1, 0, 1);
  memory.inverses.fill(1, 0, 2);
  memory.products.fill(1, 0, 2);
  return memory;
}

/** A row among others: its features begin at `data[at]`. */
export interface ExplainedRow {
  readonly data: Float64Array;
  at: number;
}

/** Where contributions go: that of feature f to the leaf number `slot` + i is added to `phi[at + f * step + i]`, for i below `outputs`. */
export interface ContributionTarget {
  readonly phi: Float64Array;
  at: number;
  readonly step: number;
  slot: number;
  readonly outputs: number;
}

/** Adds the contributions of one tree for one row. */
export function addTreeContributions(ensemble: TreeEnsemble, plan: ShapPlan, tree: number, row: ExplainedRow, target: ContributionTarget, memory: ContributionMemory): void {
  const root = ensemble.roots[tree];
  const nodes = treeEnd(ensemble, tree) - root;
  const { points, weights } = plan.rules[tree];
  const { phi, at, step, slot, outputs } = target;
  const { parts } = memory;
  findPresent(ensemble, plan, root, nodes, row, memory);
  parts.fill(0, 0, nodes * outputs);
  for (let k = 0; 2 * k < points.length; k += 1) {
    carryDown(plan, root, nodes, points[k], points[points.length - 1 - k], memory);
    for (let i = 0; i < outputs; i += 1) addUp(ensemble, plan, root, nodes, { slot: slot + i, weight: weights[k], part: i, step: outputs }, memory);
  }
  for (let node = 1; node < nodes; node += 1) {
    const to = at + plan.leadingFeatures[root + node] * step;
    for (let i = 0; i < outputs; i += 1) phi[to + i] += parts[node * outputs + i];
  }
}

function findPresent({ features, thresholds, missingLeft, rights }: TreeEnsemble, { previous }: ShapPlan, root: number, nodes: number, { data, at }: ExplainedRow, { present }: ContributionMemory): void {
  for (let node = 0; node < nodes; node += 1) {
    const feature = features[root + node];
    if (feature < 0) continue;
    const x = data[at + feature];
    // arithmetic in place of branches, which the processor would guess wrong every other time
    const isLeft = Number(x <= thresholds[root + node]) | (Number(x !== x) & missingLeft[root + node]);
    const before = present[previous[root + node + 1]]; // of both children
    present[node + 1] = isLeft * before;
    present[rights[root + node] - root] = (1 - isLeft) * before;
  }
}

/** From the root to the leaves, at the points `t` and `rest` = 1 - t. */
function carryDown({ parents, previous, shares }: ShapPlan, root: number, nodes: number, t: number, rest: number, { present, inverses, products, pulls }: ContributionMemory): void {
  for (let node = 1; node < nodes; node += 1) {
    const isPresent = present[node];
    const share = shares[root + node];
    const shift = isPresent - share;
    const factor = t * isPresent + rest * share;
    const mirrored = rest * isPresent + t * share;
    const inverse = 1 / factor;
    const mirroredInverse = 1 / mirrored;
    const parent = 2 * parents[root + node];
    const before = 2 * previous[root + node];
    inverses[2 * node] = inverse;
    inverses[2 * node + 1] = mirroredInverse;
    pulls[2 * node] = shift * inverse;
    pulls[2 * node + 1] = shift * mirroredInverse;
    // the factor takes the place of the one that the same feature had before
    products[2 * node] = products[parent] * (factor * inverses[before]);
    products[2 * node + 1] = products[parent + 1] * (mirrored * inverses[before + 1]);
  }
}

/** Which numbers of the leaves are added up, what they weigh, and where in `parts` they go. */
interface AddedOutput {
  readonly slot: number;
  readonly weight: number;
  readonly part: number;
  readonly step: number;
}

/** From the leaves to the root: the sums below each node, and what the feature that leads there makes of them, beyond what it did before. */
function addUp({ features, rights, values }: TreeEnsemble, { previous }: ShapPlan, root: number, nodes: number, { slot, weight, part, step }: AddedOutput, { products, pulls, sums, parts }: ContributionMemory): void {
  for (let node = nodes - 1; node > 0; node -= 1) {
    let right = rights[root + node];
    let sum: number;
    let mirrored: number;
    if (features[root + node] < 0) {
      const value = weight * values[right + slot];
      sum = products[2 * node] * value;
      mirrored = products[2 * node + 1] * value;
    } else {
      right -= root;
      sum = sums[2 * node + 2] + sums[2 * right];
      mirrored = sums[2 * node + 3] + sums[2 * right + 1];
    }
    sums[2 * node] = sum;
    sums[2 * node + 1] = mirrored;
    const before = 2 * previous[root + node];
    parts[node * step + part] += (pulls[2 * node] - pulls[before]) * sum + (pulls[2 * node + 1] - pulls[before + 1]) * mirrored;
  }
}
