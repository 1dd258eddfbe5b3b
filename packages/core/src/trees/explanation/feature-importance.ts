// How much an ensemble leans on each feature, as its training saw it. What was learned by heart counts as much as what holds in new
// rows: permutationImportance tells those apart.
import { ForecastLabError, optionError } from '../../errors.js';
import type { TreeEnsemble } from '../ensemble/tree-ensemble.js';
import { treeEnd } from './shap-plan.js';

/**
 * | type | of a feature | LightGBM | XGBoost | scikit-learn |
 * |---|---|---|---|---|
 * | split | number of its splits | split | weight | |
 * | gain | mean gain of its splits | | gain | |
 * | total-gain | sum of their gains | gain | total_gain | |
 * | cover | mean rows that its splits divide | | cover (of hessians) | |
 * | total-cover | sum of those rows | | total_cover | |
 * | impurity | its share of a tree's gain, mean over the trees | | | feature_importances_ of forests |
 *
 * A gain is what the trainer lowered: of boosting the second-order loss, twice, as in LightGBM; of forests the Gini impurity,
 * weighted by the share of rows.
 */
export const IMPORTANCE_TYPES = ['split', 'gain', 'total-gain', 'cover', 'total-cover', 'impurity'] as const;
export type ImportanceType = (typeof IMPORTANCE_TYPES)[number];

export interface FeatureImportanceOptions {
  /** What is measured: see IMPORTANCE_TYPES. Default: 'total-gain'. */
  readonly type?: ImportanceType;
  /** Divide by the sum, so that the importances add up to 1 (all zero without any split). Default: false; 'impurity' always is. */
  readonly isNormalized?: boolean;
}

/**
 * Importances [features], 0 or above, in the order of the features; 0 for one that no split compares.
 * `features`: how many the ensemble was trained on. Throws BAD_OPTION for an unknown type or too few features; BAD_DATA when gains
 * are asked for of trees that hold none (stored before gains were).
 * @example featureImportance(model.trees, model.featureNames.length, { type: 'total-gain', isNormalized: true })
 */
export function featureImportance(ensemble: TreeEnsemble, features: number, options: FeatureImportanceOptions = {}): Float64Array {
  const { type = 'total-gain', isNormalized = false } = options;
  const where = 'featureImportance';
  if (!IMPORTANCE_TYPES.includes(type)) throw optionError(where, 'type', `one of ${IMPORTANCE_TYPES.join(', ')}`, type);
  const highest = ensemble.features.reduce((most, feature) => Math.max(most, feature), 0);
  if (!Number.isSafeInteger(features) || features <= highest) throw optionError(where, 'features', `the number of features of the ensemble, above ${highest}`, features);
  if (type === 'impurity') return impurityShares(ensemble, features);
  if (type === 'gain' || type === 'total-gain') checkGains(ensemble);
  const importances = new Float64Array(features);
  const splits = new Float64Array(features);
  ensemble.features.forEach((feature, node) => {
    if (feature < 0) return;
    splits[feature] += 1;
    importances[feature] += type === 'split' ? 1 : (type.endsWith('gain') ? ensemble.gains : ensemble.covers)[node];
  });
  if (type === 'gain' || type === 'cover') splits.forEach((count, feature) => (importances[feature] /= Math.max(1, count)));
  return isNormalized ? normalized(importances) : importances;
}

/** As scikit-learn: the gains of each tree, made to add up to 1; their mean over trees with a split, made to add up to 1 again. */
function impurityShares(ensemble: TreeEnsemble, features: number): Float64Array {
  checkGains(ensemble);
  const sums = new Float64Array(features);
  ensemble.roots.forEach((root, tree) => {
    const own = new Float64Array(features);
    for (let node = root; node < treeEnd(ensemble, tree); node += 1) if (ensemble.features[node] >= 0) own[ensemble.features[node]] += ensemble.gains[node];
    normalized(own).forEach((share, feature) => (sums[feature] += share));
  });
  return normalized(sums);
}

function checkGains({ features, gains }: TreeEnsemble): void {
  if (!features.some((feature) => feature >= 0) || gains.some((gain) => gain > 0)) return;
  throw new ForecastLabError('BAD_DATA', 'The trees hold no gains, so no importance can be made of them.', { hint: "Train the model again, or take the type 'split' or 'total-cover'." });
}

function normalized(importances: Float64Array): Float64Array {
  const total = importances.reduce((sum, importance) => sum + importance, 0);
  return total > 0 ? importances.map((importance) => importance / total) : importances;
}
