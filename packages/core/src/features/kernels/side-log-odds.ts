// Which barrier a price that nobody can forecast touches: not each as often, because a rise of X is a smaller logarithm than a fall of X,
// and because a price without drift has a logarithm that drifts down. First passage of a geometric Brownian motion over one barrier
// (Karatzas and Shreve 1991, section 3.5.C), with the barriers moved apart for prices that are looked at once a bar (Broadie,
// Glasserman and Kou 1997, https://doi.org/10.1111/1467-9965.00035).
import { exp } from '../../numeric/exp.js';
import { log } from '../../numeric/log.js';
import { normalTail } from '../../numeric/normal.js';

/** -zeta(1/2) / sqrt(2 pi): so many volatilities of a bar a barrier seems further off when looked at once a bar. */
const MONITORING_SHIFT = 0.5826;

/** Odds beyond e^2 would rest on the tails of a model. */
const MOST_LOG_ODDS = 2;

/**
 * Log of P(rises by `barrier` within T bars) over P(falls by it), from -2 to 2; NaN when neither can be told from 0 or something is missing.
 * @param volatility of one bar's log return
 * @example sideLogOdds({ barrier: 0.08, volatility: 0.03, T: 14 }) // about 0.02
 */
export function sideLogOdds({ barrier, volatility, T }: { readonly barrier: number; readonly volatility: number; readonly T: number }): number {
  if (!(barrier > 0 && volatility > 0)) return Number.NaN;
  const drift = (-volatility * volatility * T) / 2;
  const spread = volatility * Math.sqrt(T);
  const shift = MONITORING_SHIFT * volatility;
  const rise = log(1 + barrier) + shift;
  const rises = normalTail((rise - drift) / spread) + exp(-rise) * normalTail((rise + drift) / spread);
  if (barrier >= 1) return rises > 0 ? MOST_LOG_ODDS : Number.NaN; // no price falls by all of itself
  const fall = shift - log(1 - barrier);
  const falls = normalTail((fall + drift) / spread) + exp(fall) * normalTail((fall - drift) / spread);
  return Math.max(-MOST_LOG_ODDS, Math.min(MOST_LOG_ODDS, log(rises / falls)));
}
