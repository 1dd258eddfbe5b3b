// Volatility as two features, for the baseline that knows nothing else: most of what can be foretold of a touch is how far the barrier
// lies in units of volatility, and a model must know more than that to be worth its trouble.
import { expectedVolatility } from '../labels/expected-volatility.js';
import { log } from '../numeric/log.js';
import type { FeatureMatrix } from '../features/feature-table.js';

/** Log returns in the slower of the two. */
const SLOW_RETURNS = 60;

/**
 * [bars] of `volatility_ewm`, the logarithm of expectedVolatility, and `volatility_60`, that of the sample deviation of the last 60 log
 * returns; NaN where not known yet or 0. They are the features of these names, computed from closes alone.
 * @param close [bars] closing prices of closed bars, oldest first
 * @example volatilityFeatures(klines.close).names // ['volatility_ewm', 'volatility_60']
 */
export function volatilityFeatures(close: ArrayLike<number>): FeatureMatrix {
  const columns = [expectedVolatility(close), slowDeviation(close)].map((column) => column.map((deviation) => (deviation > 0 ? log(deviation) : Number.NaN)));
  return { names: ['volatility_ewm', 'volatility_60'], columns, length: close.length };
}

/** Sample deviation of the newest SLOW_RETURNS log returns: [bars]. Two passes over each window: no sum runs on and loses digits. */
function slowDeviation(close: ArrayLike<number>): Float64Array {
  const returns = Float64Array.from({ length: close.length }, (_, bar) => (bar === 0 ? Number.NaN : log(close[bar] / close[bar - 1])));
  return returns.map((_, bar) => {
    if (bar < SLOW_RETURNS) return Number.NaN;
    const window = returns.subarray(bar - SLOW_RETURNS + 1, bar + 1);
    let sum = 0;
    for (const value of window) sum += value;
    const mean = sum / SLOW_RETURNS;
    let squares = 0;
    for (const value of window) squares += (value - mean) * (value - mean);
    return Math.sqrt(squares / (SLOW_RETURNS - 1));
  });
}
