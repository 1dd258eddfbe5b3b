// Where the price came from: moves over some bars and distances from means, in units of volatility.
import { log } from '../../../numeric/log.js';
import type { FeatureDefinition } from '../../feature-definition.js';
import { inVolatilities, UNIT_BARS } from '../../kernels/bounded.js';
import { columnValue } from '../../kernels/column-value.js';
import { derived } from '../../kernels/derived.js';
import { logChange } from '../../kernels/log-change.js';
import { rollingMean } from '../../kernels/rolling.js';

const common = { inputs: ['close'], isRecursive: false, unit: 'volatilities' } as const;
const close = columnValue('close');
const scaled = (bars: number): string => `in units of the volatility of 60 bars × the root of ${bars}, from -5 to 5`;

const momentum = (bars: number): FeatureDefinition => ({
  ...common,
  name: `momentum_${bars}`,
  formula: `log(close / close ${bars} bars before) ${scaled(bars)}`,
  lookbackBars: Math.max(bars, UNIT_BARS) + 1,
  source: 'Moskowitz, Ooi and Pedersen 2012, Journal of Financial Economics 104',
  create: inVolatilities(logChange(bars), bars),
});
const meanDistance = (bars: number): FeatureDefinition => ({
  ...common,
  name: `mean_distance_${bars}`,
  formula: `log(close / mean close of ${bars} bars) ${scaled(bars)}`,
  lookbackBars: Math.max(bars, UNIT_BARS + 1),
  source: 'moving averages without a price level',
  create: inVolatilities(derived((price, mean) => log(price / mean), close, rollingMean(close, bars)), bars),
});

/** Momentum of the set `market`. */
export const MOMENTUM_FEATURES: readonly FeatureDefinition[] = [...[1, 7, 14, 30, 90].map(momentum), ...[21, 100].map(meanDistance)];
