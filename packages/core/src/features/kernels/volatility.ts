// Estimators of the volatility of one bar's log return, each from the last bars: what a bar may be expected to move.
import { createVolatilityStream, type VolatilityStreamOptions } from '../../labels/expected-volatility.js';
import { log } from '../../numeric/log.js';
import { derived } from './derived.js';
import type { KernelMaker } from './kernel.js';
import { logChange, logRange } from './log-change.js';
import { rollingDeviation, rollingMean } from './rolling.js';

const LOG_2 = log(2);

/** Sample standard deviation of the last `bars` log returns of the close; needs `bars` + 1 closes. */
export function closeVolatility(bars: number): KernelMaker {
  return rollingDeviation(logChange(), bars);
}

/** Exponentially weighted root mean square of the log returns, the very numbers that barriers are made of; NaN at a bar without a close. */
export function exponentialVolatility(options: VolatilityStreamOptions = {}): KernelMaker {
  return () => {
    const next = createVolatilityStream(options);
    return ({ close }) => {
      const volatility = next(close);
      return close > 0 ? volatility : Number.NaN;
    };
  };
}

/** From highs and lows: the root of mean log(high / low)^2 over 4 log 2. (Parkinson 1980, Journal of Business 53.) */
export function parkinsonVolatility(bars: number): KernelMaker {
  const squaredRange = derived((range) => range * range, logRange);
  return derived((mean) => Math.sqrt(mean / (4 * LOG_2)), rollingMean(squaredRange, bars));
}

/** From all four prices: the root of mean log(high / low)^2 / 2 - (2 log 2 - 1) log(close / open)^2. (Garman and Klass 1980, Journal of Business 53.) */
export function garmanKlassVolatility(bars: number): KernelMaker {
  const variance: KernelMaker = () => (bar) => {
    const range = log(bar.high / bar.low);
    const change = log(bar.close / bar.open);
    return 0.5 * range * range - (2 * LOG_2 - 1) * change * change;
  };
  return derived(Math.sqrt, rollingMean(variance, bars));
}

/**
 * From all four prices, whatever the drift and with jumps between bars: the root of var(open against the close before)
 * + k var(close against open) + (1 - k) Rogers-Satchell, k = 0.34 / (1.34 + (n + 1) / (n - 1)). (Yang and Zhang 2000, Journal of Business 73.)
 */
export function yangZhangVolatility(bars: number): KernelMaker {
  const k = 0.34 / (1.34 + (bars + 1) / (bars - 1));
  const jump: KernelMaker = () => {
    let before = Number.NaN;
    return (bar) => {
      const change = log(bar.open / before);
      before = bar.close;
      return change;
    };
  };
  const body: KernelMaker = () => (bar) => log(bar.close / bar.open);
  const withinBar: KernelMaker = () => (bar) => {
    const [high, low, close] = [log(bar.high / bar.open), log(bar.low / bar.open), log(bar.close / bar.open)];
    return high * (high - close) + low * (low - close);
  };
  return derived(
    (jumps, bodies, within) => Math.sqrt(jumps * jumps + k * bodies * bodies + (1 - k) * within),
    rollingDeviation(jump, bars),
    rollingDeviation(body, bars),
    rollingMean(withinBar, bars),
  );
}
