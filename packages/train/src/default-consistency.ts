// Whether the answers of a bundle are made to agree when nobody says so: this one place decides.
import type { Consistency, PresetName } from '@forecastlab/core';

/**
 * Monotone for two or more candidates with a preset that is recommended; none without a preset and with `lightgbm`, which repeat what was.
 * @example defaultConsistency({ candidates: 2, preset: 'pooled' }) // 'monotone'
 */
export function defaultConsistency({ candidates, preset }: { readonly candidates: number; readonly preset?: PresetName | undefined }): Consistency {
  return candidates > 1 && preset !== undefined && preset !== 'lightgbm' ? 'monotone' : 'none';
}
