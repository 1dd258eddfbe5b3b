// The set `market`: features without a scale. None moves when prices, volumes and counts are multiplied by anything, so that markets
// can be learned from together: volatilities as logarithms, moves in units of volatility, shares, and surprises.
import type { FeatureDefinition } from '../../feature-definition.js';
import { BARRIER_FEATURES } from './barrier-features.js';
import { CALENDAR_FEATURES } from './calendar-features.js';
import { LEADER_FEATURES } from './leader-features.js';
import { MOMENTUM_FEATURES } from './momentum-features.js';
import { ORDER_FLOW_FEATURES } from './order-flow-features.js';
import { RANGE_FEATURES } from './range-features.js';
import { VOLATILITY_FEATURES } from './volatility-features.js';
import { VOLATILITY_SHAPE_FEATURES } from './volatility-shape-features.js';

/** The set `market`. */
export const MARKET_FEATURES: readonly FeatureDefinition[] = [
  ...VOLATILITY_FEATURES,
  ...VOLATILITY_SHAPE_FEATURES,
  ...BARRIER_FEATURES,
  ...MOMENTUM_FEATURES,
  ...RANGE_FEATURES,
  ...ORDER_FLOW_FEATURES,
  ...CALENDAR_FEATURES,
  ...LEADER_FEATURES,
];
