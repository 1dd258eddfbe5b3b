// The barrier of a candidate at each bar: one size for all, or so many times the move that volatility lets expect in T bars.
// Labels, features, predictions and charts ask here, so that a barrier is the same number everywhere.
import type { CandidateBarrier } from './candidate.js';
import { expectedVolatility } from './expected-volatility.js';

/**
 * The barrier of every bar as a fraction of its close: [bars]. It is known at the bar: only closes up to it are used. NaN where
 * volatility is not known yet or is 0, for candidates such as `T14_V1.5`.
 * @param close [bars] closing prices of closed bars, oldest first
 * @example barriers(klines.close, parseCandidate('T14_V1.5'))[row] // 0.187: 18.7 % at that bar
 */
export function barriers(close: Float64Array, candidate: CandidateBarrier & { readonly T: number }): Float64Array {
  const { T, X, V } = candidate;
  if (V === undefined) return new Float64Array(close.length).fill(X ?? Number.NaN);
  const factor = V * Math.sqrt(T);
  return expectedVolatility(close).map((volatility) => (volatility > 0 ? factor * volatility : Number.NaN));
}
