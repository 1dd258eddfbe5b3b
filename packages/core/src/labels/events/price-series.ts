// Closing prices with their times: what labels of events are made from. Of klines these are `close` and `closeTimeMs`.
import { ForecastLabError, optionError } from '../../errors.js';

/** Closes without times. */
export interface Closes {
  /** [bars] closing prices above 0, oldest first; NaN is a missing price. */
  readonly close: ArrayLike<number>;
}

/** Closes with the time at which each is known. */
export interface PriceSeries extends Closes {
  /** [bars] UTC milliseconds, ascending: the time of each close, `closeTimeMs` of klines. */
  readonly timeMs: ArrayLike<number>;
}

/** @throws BAD_DATA for a price that is zero, negative or infinite */
export function checkCloses(where: string, { close }: Closes): void {
  for (let bar = 0; bar < close.length; bar += 1) {
    if (close[bar] > 0 && close[bar] < Infinity) continue;
    if (!Number.isNaN(close[bar])) throw badBar(where, 'close', 'above 0, or NaN where it is missing', bar, close[bar]);
  }
}

/** @throws BAD_OPTION for another number of times than of prices, BAD_DATA for a bad price or a time that is not after the one before */
export function checkPriceSeries(where: string, prices: PriceSeries): void {
  checkCloses(where, prices);
  const { close, timeMs } = prices;
  if (timeMs.length !== close.length) throw optionError(where, 'timeMs', `of one value per bar (${close.length})`, timeMs.length);
  for (let bar = 0; bar < timeMs.length; bar += 1) {
    const isAfter = bar === 0 || timeMs[bar] > timeMs[bar - 1];
    if (!Number.isFinite(timeMs[bar]) || !isAfter) throw badBar(where, 'time', 'in UTC milliseconds and after the bar before', bar, timeMs[bar], 'Sort the bars, oldest first, each time once.');
  }
}

function badBar(where: string, what: string, rule: string, bar: number, got: number, hint?: string): ForecastLabError {
  return new ForecastLabError('BAD_DATA', `The ${what} of each bar given to ${where} must be ${rule}. Got ${got} at bar ${bar}.`, { ...(hint === undefined ? {} : { hint }), details: { where, bar, got } });
}

/** The first bar at or after `timeMs`, the number of bars when there is none. */
export function firstBarFrom(times: ArrayLike<number>, timeMs: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle] < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
