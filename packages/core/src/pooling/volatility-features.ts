// Volatility as two features, for the baseline that knows nothing else: most of what can be foretold of a touch is how far the barrier
// lies in units of volatility, and a model must know more than that to be worth its trouble.
import { computeFeatures } from '../features/compute-features.js';
import type { FeatureMatrix } from '../features/feature-table.js';
import type { Klines } from '../klines/klines.js';

/** A fast and a slow one; both are made of closes alone, so that any klines will do. */
const FEATURES = ['volatility_ewm', 'volatility_60'];

/**
 * The two features at every bar, [bars] each, whatever features the model has; NaN where not known yet.
 * @param klines closed bars, oldest first
 * @example volatilityFeatures(klines).names // ['volatility_ewm', 'volatility_60']
 */
export function volatilityFeatures(klines: Klines): FeatureMatrix {
  return computeFeatures(klines, FEATURES);
}
