// Which bar a day's prediction is made from: the last bar that opened on that UTC day.
import { ForecastLabError, optionError } from '../errors.js';
import { type Klines, klineCount } from '../klines/klines.js';

const DAY_MS = 86_400_000;

/** The bar from which a prediction is made. */
export interface AsOfBar {
  /** Row in the klines. */
  readonly row: number;
  /** UTC date of the bar's open, `YYYY-MM-DD`. */
  readonly date: string;
}

/**
 * The last bar of the day `asofDate`, or of the newest complete day.
 * Bars shorter than a day: a day is complete once its last bar is there, or a bar of a later day.
 * @param klines closed bars only, oldest first
 * @throws BAD_DATA when no day is complete, BAD_OPTION when no bar opened on `asofDate`
 */
export function findAsOfBar(
  klines: Klines,
  options: {
    /** Length of a bar in milliseconds. */
    readonly intervalMs: number;
    /** UTC date `YYYY-MM-DD`. Default: the newest complete day. */
    readonly asofDate?: string;
  },
): AsOfBar {
  const count = klineCount(klines);
  if (count === 0) throw new ForecastLabError('BAD_DATA', 'There is no closed bar to predict from.', { hint: 'Bring the klines up to date first: forecastlab-train data update.' });
  const open = klines.openTimeMs;
  const dateOf = (row: number): string => new Date(open[row]).toISOString().slice(0, 10);
  if (options.asofDate !== undefined) {
    const row = lastRowBefore(open, dayEnd(options.asofDate));
    if (row < 0 || dateOf(row) !== options.asofDate) {
      throw optionError('the prediction', 'asof', `a date with a closed bar, from ${dateOf(0)} to ${dateOf(count - 1)}`, options.asofDate, 'Give another date, or bring the klines up to date first.');
    }
    return { row, date: options.asofDate };
  }
  const last = count - 1;
  const endsDay = options.intervalMs >= DAY_MS || (open[last] + options.intervalMs) % DAY_MS === 0;
  const row = endsDay ? last : lastRowBefore(open, Math.floor(open[last] / DAY_MS) * DAY_MS);
  if (row < 0) throw new ForecastLabError('BAD_DATA', `The klines hold no complete day: they begin and end on ${dateOf(last)}.`);
  return { row, date: dateOf(row) };
}

function dayEnd(date: string): number {
  const start = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00.000Z`) : Number.NaN;
  if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== date) {
    throw optionError('the prediction', 'asof', 'a calendar date such as 2025-01-31', date);
  }
  return start + DAY_MS;
}

/** The last row whose open time is before `timeMs`, or -1. */
function lastRowBefore(openTimeMs: Float64Array, timeMs: number): number {
  let low = 0;
  let high = openTimeMs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (openTimeMs[middle] < timeMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
