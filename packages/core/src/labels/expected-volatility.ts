// Volatility as barriers measure it: the exponentially weighted root mean square of the log returns of closes, with the decay that
// RiskMetrics uses for daily bars (J.P. Morgan/Reuters, RiskMetrics Technical Document, 4th edition 1996, section 5.3).
import { log } from '../numeric/log.js';

/** Weight of a return against the one after it. */
export const VOLATILITY_DECAY = 0.94;

/** Bars until it counts: from then on those before the first weigh less than 5 %: 0.94^49 = 4.8 %. */
export const VOLATILITY_LOOKBACK_BARS = 50;

/** Takes the next close and gives the volatility at it; NaN for the first `lookbackBars` - 1 closes. */
export type VolatilityStream = (close: number) => number;

/** How fast a volatility forgets. */
export interface VolatilityStreamOptions {
  /** Weight of a return against the one after it, above 0 and below 1. Default: 0.94, that of barriers. */
  readonly decay?: number;
  /** Closes until it counts. Default: 50, that of barriers. */
  readonly lookbackBars?: number;
}

/** A stream that has seen no close. A missing close, or one not above 0, is passed over; the return after it spans both bars. */
export function createVolatilityStream({ decay = VOLATILITY_DECAY, lookbackBars = VOLATILITY_LOOKBACK_BARS }: VolatilityStreamOptions = {}): VolatilityStream {
  let before = Number.NaN;
  let squares = 0;
  let weights = 0;
  let seen = 0;
  return (close) => {
    seen += 1;
    if (close > 0 && close < Infinity) {
      const change = log(close / before);
      before = close;
      if (Number.isFinite(change)) {
        squares = decay * squares + change * change;
        weights = decay * weights + 1;
      }
    }
    return seen < lookbackBars || weights === 0 ? Number.NaN : Math.sqrt(squares / weights);
  };
}

/**
 * The volatility of one bar's log return as known at each bar: [bars] of `close` [bars]. Times the square root of T it is the move to
 * be expected in T bars.
 * @example expectedVolatility(klines.close)[row] * Math.sqrt(14)
 */
export function expectedVolatility(close: ArrayLike<number>): Float64Array {
  const next = createVolatilityStream();
  return Float64Array.from({ length: close.length }, (_, bar) => next(close[bar]));
}
