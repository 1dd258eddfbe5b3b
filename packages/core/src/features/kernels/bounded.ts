// Values kept within bounds, so that one odd bar cannot blow up a linear model.
import { log } from '../../numeric/log.js';
import { derived } from './derived.js';
import type { KernelMaker } from './kernel.js';
import { closeVolatility } from './volatility.js';

/** Moves beyond five times what is usual are five times: on daily bars of coins one in thousands is. */
export const MOST_VOLATILITIES = 5;

/** A twentieth, and twenty times: logarithms of ratios end at ±3. */
export const MOST_LOG_RATIO = 3;

/** Bars of the volatility that moves are measured by. */
export const UNIT_BARS = 60;

/** `value` from -bound to bound; NaN stays NaN. */
export function bounded(value: number, bound: number): number {
  return Math.max(-bound, Math.min(bound, value));
}

/** log(top / bottom) from -3 to 3, those of 0 included; NaN for 0 / 0. */
export function boundedLogRatio(top: number, bottom: number): number {
  return bounded(log(top / bottom), MOST_LOG_RATIO);
}

/**
 * A logarithmic move of `bars` bars over what may be expected of so many: volatility of 60 bars × the root of `bars`; from -5 to 5.
 * NaN where the close has not moved in 60 bars.
 */
export function inVolatilities(move: KernelMaker, bars: number): KernelMaker {
  const root = Math.sqrt(bars);
  const units = (change: number, volatility: number): number => (volatility > 0 ? bounded(change / (volatility * root), MOST_VOLATILITIES) : Number.NaN);
  return derived(units, move, closeVolatility(UNIT_BARS));
}
