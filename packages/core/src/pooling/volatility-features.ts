// Volatility as two features, for the baseline that knows nothing else: most of what can be foretold of a touch is how far the barrier
// lies in units of volatility, and a model must know more than that to be worth its trouble.
import { computeFeatures } from '../features/compute-features.js';
import type { FeatureMatrix } from '../features/feature-table.js';
import type { Candidate } from '../labels/candidate.js';
import type { Klines } from '../klines/klines.js';

/** A fast and a slow one; both are made of closes alone, so that any klines will do. */
export const VOLATILITY_BASELINE_FEATURES = ['volatility_ewm', 'volatility_60'] as const;

/** What theory says of the side, which the recipe of the presets takes for known. */
const SIDE_ODDS = 'barrier_side_odds';

/**
 * The two features and the odds of the side by theory at every bar, [bars] each, whatever features the model has; NaN where not known yet.
 * @param klines closed bars, oldest first
 * @example volatilityFeatures(klines, candidate).names // ['volatility_ewm', 'volatility_60', 'barrier_side_odds']
 */
export function volatilityFeatures(klines: Klines, candidate: Candidate): FeatureMatrix {
  return computeFeatures(klines, [...VOLATILITY_BASELINE_FEATURES, SIDE_ODDS], { candidate });
}
