// How many bars at the head of a series are left out of training.
import { FEATURE_SETS, type FeatureSelection, resolveFeatures } from './feature-registry.js';

// The predecessor trains on baseline rows as soon as vol21 is there, before RSI and MACD have settled. Its folds and published
// tables rest on these rows, so the set keeps them; any other selection waits for its slowest feature.
const BASELINE_WARM_UP_BARS = 21;

/**
 * Rows at the head for which not every feature has had its look-back: 21 for `baseline`, 41 for `flow`.
 * @throws BAD_OPTION for an unknown feature
 */
export function warmUpBars(selection: FeatureSelection): number {
  const definitions = resolveFeatures(selection);
  const { baseline } = FEATURE_SETS;
  const isBaseline = definitions.length === baseline.length && definitions.every((definition, i) => definition === baseline[i]);
  return isBaseline ? BASELINE_WARM_UP_BARS : Math.max(...definitions.map(({ lookbackBars }) => lookbackBars)) - 1;
}
