// The symmetric CUSUM filter: an event is a bar at which the price has moved by a threshold since the last event or turn, so
// that quiet hours give no rows. (López de Prado, Advances in Financial Machine Learning, 2018, 2.5.2.1, snippet 2.4.)
import { optionError } from '../../errors.js';
import { log } from '../../numeric/log.js';
import { checkCloses, type Closes } from './price-series.js';

export interface CusumOptions {
  /**
   * Move that makes an event, in log returns (0.02 is about 2 percent): a number above 0, or a column [bars] such as a multiple of
   * `dailyVolatility`, where NaN means no event at that bar.
   */
  readonly threshold: number | ArrayLike<number>;
}

/**
 * The bars at which the sum of log returns, kept from falling below 0, passes above the threshold, or its mirror image below
 * it: [events] bar indices, ascending. The sum that passed starts again from 0. Bar t is an event by the bars up to t.
 * @param prices closes; over a missing price the move counts at the next price
 * @throws BAD_OPTION for a threshold that is not above 0 (in a column: negative) or has another length, BAD_DATA for prices not above 0
 * @example cusumEvents({ close: klines.close }, { threshold: 0.02 })
 */
export function cusumEvents(prices: Closes, { threshold }: CusumOptions): Int32Array {
  checkCloses('cusumEvents', prices);
  const { close } = prices;
  const thresholdAt = readThreshold(threshold, close.length);
  const events: number[] = [];
  let rise = 0;
  let fall = 0;
  let last = Number.NaN;
  for (let bar = 0; bar < close.length; bar += 1) {
    if (Number.isNaN(close[bar])) continue;
    const price = log(close[bar]);
    const change = Number.isNaN(last) ? 0 : price - last;
    last = price;
    rise = Math.max(0, rise + change);
    fall = Math.min(0, fall + change);
    const limit = thresholdAt(bar);
    if (fall < -limit) {
      fall = 0;
      events.push(bar);
    } else if (rise > limit) {
      rise = 0;
      events.push(bar);
    }
  }
  return Int32Array.from(events);
}

function readThreshold(threshold: CusumOptions['threshold'], bars: number): (bar: number) => number {
  if (typeof threshold === 'number') {
    if (!(threshold > 0 && threshold < Infinity)) throw optionError('cusumEvents', 'threshold', 'a number above 0 (log return), or a column', threshold);
    return () => threshold;
  }
  if (threshold.length !== bars) throw optionError('cusumEvents', 'threshold', `a number, or a column of one value per bar (${bars})`, threshold.length);
  for (let bar = 0; bar < bars; bar += 1) {
    if (threshold[bar] < 0) throw optionError('cusumEvents', 'threshold', `not negative in any bar (bar ${bar})`, threshold[bar]);
  }
  return (bar) => threshold[bar];
}
