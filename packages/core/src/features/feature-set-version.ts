// One short text that changes when the meaning of a selection of features changes: bundles keep it.
import { sha256Hex } from '../bytes/sha256.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import { type FeatureSelection, resolveFeatures } from './feature-registry.js';

/**
 * First 16 hex digits of the sha256 over names, formulas, inputs and look-backs, in order.
 * @throws BAD_OPTION for an unknown feature
 */
export function featureSetVersion(selection: FeatureSelection): string {
  const text = resolveFeatures(selection)
    .map(({ name, formula, inputs, lookbackBars }) => [name, formula, inputs.join('+'), lookbackBars].join('|'))
    .join('\n');
  return sha256Hex(encodeUtf8(text)).slice(0, 16);
}
