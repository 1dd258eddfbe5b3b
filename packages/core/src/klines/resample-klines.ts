// Puts bars together into longer ones: 15m to 1h, 1h to 1d, 1d to weeks (from Monday) and calendar months, all in UTC.
import { ForecastLabError, optionError } from '../errors.js';
import { inferInterval } from './infer-interval.js';
import { type Interval, nextOpenTime, parseInterval, startOfInterval } from './interval.js';
import { createKlines, type Klines, klineCount, sliceKlines } from './klines.js';

export interface ResampleOptions {
  /** Length of the bars given. Default: found from their times. */
  readonly from?: string;
  /** What to do with groups in which bars are missing: `drop` (default) or `keep` what is there. They are named either way. */
  readonly incomplete?: 'drop' | 'keep';
  /** An open time of one of the exchange's own bars, for intervals whose grid is not UTC's. Needed for `3d`, which exchanges anchor as they like. */
  readonly anchorMs?: number;
}

/** A longer bar of which parts are missing. */
export interface IncompleteGroup {
  readonly openTimeMs: number;
  readonly bars: number;
  readonly expectedBars: number;
}

export interface ResampledKlines {
  readonly klines: Klines;
  readonly incomplete: readonly IncompleteGroup[];
}

/**
 * Bars of `interval` from shorter ones (oldest first, one per open time): first open, highest high, lowest low, last close, sums of the rest.
 * @throws BAD_OPTION for an interval that the given bars do not divide, BAD_DATA for bars out of order
 */
export function resampleKlines(klines: Klines, interval: string, options: ResampleOptions = {}): ResampledKlines {
  const target = parseInterval(interval);
  const source = options.from === undefined ? inferInterval(klines.openTimeMs, klines.closeTimeMs) : parseInterval(options.from);
  checkIntervals(source, target, options);
  const offset = options.anchorMs === undefined ? 0 : options.anchorMs - startOfInterval(target, options.anchorMs);
  const groupOf = (timeMs: number): number => startOfInterval(target, timeMs - offset) + offset;
  const result = createKlines(klineCount(klines));
  const incomplete: IncompleteGroup[] = [];
  let written = 0;
  let start = 0;
  while (start < klineCount(klines)) {
    const openTimeMs = groupOf(klines.openTimeMs[start]);
    let end = start + 1;
    while (end < klineCount(klines) && groupOf(klines.openTimeMs[end]) === openTimeMs) {
      if (!(klines.openTimeMs[end] > klines.openTimeMs[end - 1])) throw outOfOrder();
      end += 1;
    }
    if (end < klineCount(klines) && groupOf(klines.openTimeMs[end]) < openTimeMs) throw outOfOrder();
    const expectedBars = (nextOpenTime(target, openTimeMs) - openTimeMs) / source.ms;
    if (end - start < expectedBars) incomplete.push({ openTimeMs, bars: end - start, expectedBars });
    if (end - start >= expectedBars || options.incomplete === 'keep') {
      joinBars(klines, start, end, result, written);
      result.openTimeMs[written] = openTimeMs;
      written += 1;
    }
    start = end;
  }
  return { klines: sliceKlines(result, 0, written), incomplete };
}

function joinBars(from: Klines, start: number, end: number, to: Klines, row: number): void {
  to.open[row] = from.open[start];
  to.high[row] = from.high.subarray(start, end).reduce((a, b) => Math.max(a, b));
  to.low[row] = from.low.subarray(start, end).reduce((a, b) => Math.min(a, b));
  to.close[row] = from.close[end - 1];
  to.closeTimeMs[row] = from.closeTimeMs[end - 1];
  for (const column of ['volume', 'quoteVolume', 'tradeCount', 'takerBuyBase', 'takerBuyQuote'] as const) {
    to[column][row] = from[column].subarray(start, end).reduce((a, b) => a + b);
  }
}

function checkIntervals(source: Interval | undefined, target: Interval, options: ResampleOptions): asserts source is Interval {
  if (source === undefined) throw optionError('resampleKlines', 'from', 'given for bars whose length does not show in their times', options.from);
  const divides = target.name === '1M' || target.name === '1w' ? source.ms <= 86_400_000 : target.ms % source.ms === 0;
  if (!divides || source.ms >= target.ms) throw optionError('resampleKlines', 'interval', `longer than ${source.name} and made of whole bars of it`, target.name);
  if (target.name === '3d' && options.anchorMs === undefined) throw optionError('resampleKlines', 'anchorMs', 'given for 3d', undefined, 'Give the open time of one of the exchange\'s own 3d bars.');
}

function outOfOrder(): ForecastLabError {
  return new ForecastLabError('BAD_DATA', 'The bars are not in order of open time.', { hint: 'Pass them through prepareKlines first.' });
}
