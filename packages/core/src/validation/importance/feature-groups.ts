// Which features are permuted together: the groups that are asked for, then every other feature by itself.
import { optionError } from '../../errors.js';

export interface FeatureGroup {
  readonly name: string;
  readonly features: readonly string[];
}

/** The groups over `names`, every feature in exactly one. Throws BAD_OPTION for unknown features, empty groups, one feature in two, or two groups of one name. */
export function featureGroups(names: readonly string[], groups: Readonly<Record<string, readonly string[]>>): readonly FeatureGroup[] {
  const refuse = (rule: string, got: string): never => {
    throw optionError('permutationImportance', 'groups', rule, got);
  };
  const taken = new Set<string>();
  const together = Object.entries(groups).map(([name, features]): FeatureGroup => {
    if (features.length === 0) refuse('groups of at least one feature', name);
    for (const feature of features) {
      if (!names.includes(feature)) refuse(`groups of the features ${names.join(', ')}`, feature);
      if (taken.has(feature)) refuse('groups that have no feature in common', feature);
      taken.add(feature);
    }
    return { name, features: [...features] };
  });
  const alone = names.filter((name) => !taken.has(name)).map((name): FeatureGroup => ({ name, features: [name] }));
  const clash = together.find(({ name }) => alone.some((feature) => feature.name === name));
  if (clash !== undefined) refuse('named otherwise than the features outside of the group', clash.name);
  return [...together, ...alone];
}
