// How far the barrier of the question is, in moves that volatility lets expect: another number for every candidate.
import { createVolatilityStream } from '../../../labels/expected-volatility.js';
import { log } from '../../../numeric/log.js';
import type { FeatureDefinition } from '../../feature-definition.js';
import { bounded } from '../../kernels/bounded.js';
import { derived } from '../../kernels/derived.js';
import type { KernelMaker } from '../../kernels/kernel.js';
import { sideLogOdds } from '../../kernels/side-log-odds.js';
import { exponentialVolatility } from '../../kernels/volatility.js';
import { SLOW_LOOKBACK_BARS } from './volatility-features.js';

/** exp(4) is 55 expected moves: nothing reaches them. */
const FARTHEST = 4;

/** The barrier over the root of T: what a bar's volatility is held against. As `barriers` has it. */
const barrierOfBar: KernelMaker = (setting) => {
  const { T = Number.NaN, X, V } = setting?.candidate ?? {};
  if (V === undefined) return () => (X ?? Number.NaN) / Math.sqrt(T);
  const volatility = createVolatilityStream();
  return ({ close }) => V * volatility(close);
};

const slowVolatility = exponentialVolatility({ decay: 0.97, lookbackBars: SLOW_LOOKBACK_BARS });

/** The barrier itself, as a fraction. */
const barrierMove: KernelMaker = (setting) => {
  const next = barrierOfBar(setting);
  return (bar, leader) => next(bar, leader) * Math.sqrt(setting?.candidate?.T ?? Number.NaN);
};

/** Distance to the barrier, and which side is nearer, of the set `market`. */
export const BARRIER_FEATURES: readonly FeatureDefinition[] = [
  {
    name: 'barrier_distance',
    formula: 'log of the barrier over volatility × the root of T, from -4 to 4; volatility is volatility_ewm_slow, so that barriers in units of volatility_ewm have distances too',
    inputs: ['close'],
    lookbackBars: SLOW_LOOKBACK_BARS,
    isRecursive: true,
    needs: 'candidate',
    unit: 'log of expected moves',
    source: 'reflection principle: whether a random walk touches depends on this ratio alone',
    create: derived((barrier, volatility) => bounded(log(barrier / volatility), FARTHEST), barrierOfBar, slowVolatility),
  },
  {
    name: 'barrier_side_odds',
    formula:
      'log odds that a price without drift touches the upper barrier against the lower one within T bars, by the reflection principle with volatility_ewm_slow, barriers moved by 0.5826 volatilities for closes, from -2 to 2: a rise of X is a smaller logarithm than a fall of X',
    inputs: ['close'],
    lookbackBars: SLOW_LOOKBACK_BARS,
    isRecursive: true,
    needs: 'candidate',
    unit: 'log odds',
    source: 'first passage of geometric Brownian motion; discrete monitoring: Broadie, Glasserman and Kou 1997',
    create: (setting) => derived((barrier, volatility) => sideLogOdds({ barrier, volatility, T: setting?.candidate?.T ?? Number.NaN }), barrierMove, slowVolatility)(setting),
  },
];
