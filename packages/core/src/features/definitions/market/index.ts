// The set `market`: features without a scale. None moves when prices, volumes and counts are multiplied by anything, so that markets
// can be learned from together: volatilities as logarithms, moves in units of volatility, shares, and surprises.
import type { FeatureDefinition } from '../../feature-definition.js';
import { VOLATILITY_FEATURES } from './volatility-features.js';

/** The set `market`. */
export const MARKET_FEATURES: readonly FeatureDefinition[] = [...VOLATILITY_FEATURES];
