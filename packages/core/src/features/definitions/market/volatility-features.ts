// How much a bar may be expected to move: volatility at several horizons, from closes and from whole bars, as logarithms.
import type { FeatureDefinition } from '../../feature-definition.js';
import { log } from '../../../numeric/log.js';
import { derived } from '../../kernels/derived.js';
import type { KernelMaker } from '../../kernels/kernel.js';
import { closeVolatility, exponentialVolatility, garmanKlassVolatility, parkinsonVolatility, yangZhangVolatility } from '../../kernels/volatility.js';

/** A volatility of 0, of prices that do not move, has no logarithm: it is missing. */
const logOf = (source: KernelMaker): KernelMaker => derived(log, source);

const common = { isRecursive: false, unit: 'log of a fraction' } as const;
const ofClose = (bars: number): FeatureDefinition => ({
  ...common,
  name: `volatility_${bars}`,
  formula: `log of the sample standard deviation of the last ${bars} log returns of the close`,
  inputs: ['close'],
  lookbackBars: bars + 1,
  source: 'close-to-close volatility',
  create: logOf(closeVolatility(bars)),
});
const exponential = (name: string, decay: number, lookbackBars: number, more: string): FeatureDefinition => ({
  ...common,
  name,
  formula: `log of the root of the exponentially weighted mean of squared log returns of the close, each weighing ${decay} of the next${more}`,
  inputs: ['close'],
  lookbackBars,
  isRecursive: true,
  source: 'J.P. Morgan/Reuters 1996, RiskMetrics Technical Document',
  create: logOf(exponentialVolatility({ decay, lookbackBars })),
});
const parkinson = (bars: number): FeatureDefinition => ({
  ...common,
  name: `parkinson_${bars}`,
  formula: `log of the root of the mean of log(high / low)^2 over ${bars} bars, divided by 4 log 2`,
  inputs: ['high', 'low'],
  lookbackBars: bars,
  source: 'Parkinson 1980, Journal of Business 53',
  create: logOf(parkinsonVolatility(bars)),
});
const garmanKlass = (bars: number): FeatureDefinition => ({
  ...common,
  name: `garman_klass_${bars}`,
  formula: `log of the root of the mean of log(high / low)^2 / 2 - (2 log 2 - 1) log(close / open)^2 over ${bars} bars`,
  inputs: ['open', 'high', 'low', 'close'],
  lookbackBars: bars,
  source: 'Garman and Klass 1980, Journal of Business 53',
  create: logOf(garmanKlassVolatility(bars)),
});
const yangZhang = (bars: number): FeatureDefinition => ({
  ...common,
  name: `yang_zhang_${bars}`,
  formula: `log of the root of var(open against the close before) + k var(close against open) + (1 - k) Rogers-Satchell over ${bars} bars, k = 0.34 / (1.34 + (n + 1) / (n - 1))`,
  inputs: ['open', 'high', 'low', 'close'],
  lookbackBars: bars + 1,
  source: 'Yang and Zhang 2000, Journal of Business 73',
  create: logOf(yangZhangVolatility(bars)),
});

/**
 * 0.97^99 is 4.9 %, but the logarithm moves by less than 5 % of its spread only when a crash before the window has faded: on daily bars of six
 * coins, behind 200 bars, at every bar (behind 160 not even at the last one of each).
 */
export const SLOW_LOOKBACK_BARS = 200;

/** Volatilities of the set `market`. */
export const VOLATILITY_FEATURES: readonly FeatureDefinition[] = [
  ...[7, 21, 60].map(ofClose),
  exponential('volatility_ewm', 0.94, 50, ': the volatility that barriers such as T14_V1.5 are made of'), // 0.94^49 = 4.8 %
  exponential('volatility_ewm_slow', 0.97, SLOW_LOOKBACK_BARS, ''),
  ...[7, 21, 60].map(parkinson),
  garmanKlass(21),
  yangZhang(21),
];
