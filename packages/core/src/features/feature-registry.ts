// Every feature and every set of features. A new feature is a file in definitions/ and a line in ALL_FEATURES.
import { optionError } from '../errors.js';
import { BASELINE_FEATURES } from './definitions/baseline-features.js';
import { FLOW_FEATURES } from './definitions/flow-features.js';
import { MARKET_FEATURES } from './definitions/market/index.js';
import type { FeatureDefinition } from './feature-definition.js';

/** Every definition; those outside the sets are chosen by name. */
const ALL_FEATURES: readonly FeatureDefinition[] = [...BASELINE_FEATURES, ...FLOW_FEATURES, ...MARKET_FEATURES];

/** Names of the feature sets. */
export type FeatureSetName = 'baseline' | 'flow' | 'market';

/** Each set, its features in the order of the model's columns. */
export const FEATURE_SETS: Readonly<Record<FeatureSetName, readonly FeatureDefinition[]>> = {
  baseline: BASELINE_FEATURES,
  flow: [...BASELINE_FEATURES, ...FLOW_FEATURES],
  market: MARKET_FEATURES,
};

/** Every registered feature by name. */
export const FEATURES: ReadonlyMap<string, FeatureDefinition> = new Map(ALL_FEATURES.map((definition) => [definition.name, definition]));

/** What names features: a set, registered names, or definitions of one's own. */
export type FeatureSelection = FeatureSetName | readonly (string | FeatureDefinition)[];

/**
 * The definitions of a selection, in order.
 * @throws BAD_OPTION for an unknown set or name, an empty list, or a name given twice
 */
export function resolveFeatures(selection: FeatureSelection): readonly FeatureDefinition[] {
  if (typeof selection === 'string') {
    if (!Object.hasOwn(FEATURE_SETS, selection)) throw optionError('the features', 'features', `one of the sets ${Object.keys(FEATURE_SETS).join(', ')}, or a list of names`, selection);
    return FEATURE_SETS[selection];
  }
  if (selection.length === 0) throw optionError('the features', 'features', 'a list with at least one feature', '[]');
  const definitions = selection.map((entry) => {
    const definition = typeof entry === 'string' ? FEATURES.get(entry) : entry;
    if (definition === undefined) throw optionError('the features', 'features', 'names of registered features', entry, `Known are ${[...FEATURES.keys()].join(', ')}.`);
    return definition;
  });
  const names = definitions.map((definition) => definition.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw optionError('the features', 'features', 'a list without repetition', twice);
  return definitions;
}
