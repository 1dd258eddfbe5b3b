// How volatility is made up: the short against the long, steady or in bursts, up or down, by drift or by noise.
import type { FeatureDefinition } from '../../feature-definition.js';
import { boundedLogRatio } from '../../kernels/bounded.js';
import { derived } from '../../kernels/derived.js';
import { logChange, logRange } from '../../kernels/log-change.js';
import { rollingHighest } from '../../kernels/rolling-extreme.js';
import { rollingDeviation, rollingMean } from '../../kernels/rolling.js';
import { closeVolatility, parkinsonVolatility } from '../../kernels/volatility.js';

const change = logChange();
const size = derived(Math.abs, change);
const square = derived((move) => move * move, change);
const squareOfFall = derived((move) => (move > 0 ? 0 : move * move), change);
const ratio = { isRecursive: false, unit: 'log of a ratio' } as const;
const share = { isRecursive: false, unit: 'fraction' } as const;

/** Shapes of volatility, of the set `market`. */
export const VOLATILITY_SHAPE_FEATURES: readonly FeatureDefinition[] = [
  {
    ...ratio,
    name: 'volatility_ratio_7_60',
    formula: 'log of the sample standard deviation of 7 log returns of the close over that of 60, from -3 to 3',
    inputs: ['close'],
    lookbackBars: 61,
    source: 'term structure of volatility',
    create: derived(boundedLogRatio, closeVolatility(7), closeVolatility(60)),
  },
  {
    ...ratio,
    name: 'volatility_to_range_21',
    formula: 'log of the sample standard deviation of 21 log returns of the close over the Parkinson volatility of 21 bars, from -3 to 3',
    inputs: ['high', 'low', 'close'],
    lookbackBars: 22,
    source: 'variance ratio of closes to ranges: above 0 in a trend, below 0 in noise',
    create: derived(boundedLogRatio, closeVolatility(21), parkinsonVolatility(21)),
  },
  {
    ...ratio,
    name: 'volatility_of_volatility_21',
    formula: 'log of the sample standard deviation of log(high / low) over its mean, both of 21 bars, from -3 to 3',
    inputs: ['high', 'low'],
    lookbackBars: 21,
    source: 'coefficient of variation of the range',
    create: derived(boundedLogRatio, rollingDeviation(logRange, 21), rollingMean(logRange, 21)),
  },
  {
    ...ratio,
    name: 'largest_move_21',
    formula: 'log of the largest |log return| of the close in 21 bars over the sample standard deviation of 60, from -3 to 3',
    inputs: ['close'],
    lookbackBars: 61,
    source: 'jumps in units of volatility',
    create: derived(boundedLogRatio, rollingHighest(size, 21), closeVolatility(60)),
  },
  {
    ...share,
    name: 'downside_share_60',
    formula: 'share of the squared log returns of the close over 60 bars that falls have',
    inputs: ['close'],
    lookbackBars: 61,
    source: 'Barndorff-Nielsen, Kinnebrock and Shephard 2010, realised semivariance',
    create: derived((falls, all) => falls / all, rollingMean(squareOfFall, 60), rollingMean(square, 60)),
  },
  {
    ...share,
    name: 'efficiency_60',
    formula: '|log(close / close 60 bars before)| over the sum of |log return| of the 60 bars between',
    inputs: ['close'],
    lookbackBars: 61,
    source: 'Kaufman 1995, Smarter Trading: efficiency ratio',
    create: derived((whole, mean) => Math.min(1, Math.abs(whole) / (60 * mean)), logChange(60), rollingMean(size, 60)),
  },
  {
    ...ratio,
    name: 'range_1_30',
    formula: 'log of log(high / low) over its mean of 30 bars, from -3 to 3',
    inputs: ['high', 'low'],
    lookbackBars: 30,
    source: 'range surprise',
    create: derived(boundedLogRatio, logRange, rollingMean(logRange, 30)),
  },
];
