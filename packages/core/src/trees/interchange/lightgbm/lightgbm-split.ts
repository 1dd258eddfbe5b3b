// A numerical split of LightGBM as one of ours: at or below the threshold left, else right, and a side for missing values.
// Source: Tree::NumericalDecision in LightGBM's include/LightGBM/tree.h.
import { nextDouble } from '../../binning/next-double.js';
import { damagedModelFile, unsupportedModelFile } from '../refuse-model-file.js';

export interface LightgbmSplit {
  readonly threshold: number;
  readonly isMissingLeft: boolean;
}

const IS_CATEGORICAL = 1;
const IS_DEFAULT_LEFT = 2;
/** Bits 2 and 3 say what counts as missing. */
const MISSING_SHIFT = 2;
const MISSING_TYPES = ['nothing', 'zero', 'NaN'] as const;

/** LightGBM's kZeroThreshold, a float32: values up to it on both sides of 0 count as zero. */
const ZERO = Math.fround(1e-35);

/** Throws BAD_FILE for a split that one threshold cannot express, CORRUPT for a `decision` that LightGBM does not write. */
export function lightgbmSplit(decision: number, threshold: number, place: string): LightgbmSplit {
  if ((decision & IS_CATEGORICAL) !== 0) throw unsupportedModelFile('LightGBM', `${place} has a categorical split`, 'Train it with numbers for categories, without `categorical_feature`.');
  const missing = MISSING_TYPES[decision >> MISSING_SHIFT];
  if (missing === undefined) throw damagedModelFile('LightGBM', `\`decision_type\` of ${place} must be below 12, not ${decision}`);
  const isDefaultLeft = (decision & IS_DEFAULT_LEFT) !== 0;
  if (missing === 'NaN') return { threshold, isMissingLeft: isDefaultLeft };
  if (missing === 'nothing') return { threshold, isMissingLeft: 0 <= threshold }; // NaN is read as 0
  return zeroAsMissing(threshold, isDefaultLeft, place);
}

/** NaN and zeros go to the default side, whatever the threshold says of 0. */
function zeroAsMissing(threshold: number, isDefaultLeft: boolean, place: string): LightgbmSplit {
  // one threshold is enough when the zeros, moved to their side, still lie beside the other values of that side
  if (isDefaultLeft && threshold >= -ZERO) return { threshold: Math.max(threshold, ZERO), isMissingLeft: true };
  if (!isDefaultLeft && threshold <= ZERO) return { threshold: Math.min(threshold, -nextDouble(ZERO)), isMissingLeft: false };
  throw unsupportedModelFile('LightGBM', `${place} sends zeros, as missing values, to the other side than the numbers around them`, 'Train it without `zero_as_missing`, and with NaN for what is missing.');
}
