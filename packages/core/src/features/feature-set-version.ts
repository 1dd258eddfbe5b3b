// One short text that changes when the meaning of a selection of features changes: bundles keep it.
import { sha256Hex } from '../bundle/sha256.js';
import { type FeatureSelection, resolveFeatures } from './feature-registry.js';

/**
 * First 16 hex digits of the sha256 over names, formulas, inputs and look-backs, in order.
 * @throws BAD_OPTION for an unknown feature
 */
export function featureSetVersion(selection: FeatureSelection): string {
  const text = resolveFeatures(selection)
    .map(({ name, formula, inputs, lookbackBars }) => [name, formula, inputs.join('+'), lookbackBars].join('|'))
    .join('\n');
  return sha256Hex(twoBytesPerUnit(text)).slice(0, 16);
}

/** The text's UTF-16 units, low byte first. */
function twoBytesPerUnit(text: string): Uint8Array {
  const bytes = new Uint8Array(2 * text.length);
  for (let i = 0; i < text.length; i += 1) {
    bytes[2 * i] = text.charCodeAt(i) & 0xff;
    bytes[2 * i + 1] = text.charCodeAt(i) >>> 8;
  }
  return bytes;
}
