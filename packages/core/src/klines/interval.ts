// The bar lengths that exchanges offer, and calendar arithmetic on them in UTC.
// Source: Binance spot API, "Kline/Candlestick chart intervals"; its dump archive writes 1mo where the API writes 1M.
import { optionError } from '../errors.js';

/** A bar length. */
export interface Interval {
  /** The exchange's name; case matters: `1m` is a minute, `1M` a month. */
  readonly name: string;
  /** Milliseconds; for the calendar month, whose bars differ in length, 30 days. */
  readonly ms: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
// Weeks open on Monday 00:00 UTC; 1970-01-01 was a Thursday.
const FIRST_MONDAY_MS = 4 * DAY;

/** Every known interval, shortest first. */
export const INTERVALS: readonly Interval[] = [
  { name: '1s', ms: SECOND },
  { name: '1m', ms: MINUTE },
  { name: '3m', ms: 3 * MINUTE },
  { name: '5m', ms: 5 * MINUTE },
  { name: '15m', ms: 15 * MINUTE },
  { name: '30m', ms: 30 * MINUTE },
  { name: '1h', ms: HOUR },
  { name: '2h', ms: 2 * HOUR },
  { name: '4h', ms: 4 * HOUR },
  { name: '6h', ms: 6 * HOUR },
  { name: '8h', ms: 8 * HOUR },
  { name: '12h', ms: 12 * HOUR },
  { name: '1d', ms: DAY },
  { name: '3d', ms: 3 * DAY },
  { name: '1w', ms: 7 * DAY },
  { name: '1M', ms: 30 * DAY },
];

/**
 * The interval of this name; `1mo` means `1M`.
 * @throws BAD_OPTION for any other name
 */
export function parseInterval(name: string): Interval {
  const wanted = name === '1mo' ? '1M' : name;
  const found = INTERVALS.find((interval) => interval.name === wanted);
  if (found === undefined) {
    throw optionError('klines', 'interval', `one of ${INTERVALS.map((interval) => interval.name).join(', ')}`, name, 'Case matters: 1m is a minute, 1M a month.');
  }
  return found;
}

/** The interval of this length, or undefined. */
export function intervalOfMs(ms: number): Interval | undefined {
  return INTERVALS.find((interval) => interval.ms === ms);
}

/** True for the calendar month, whose bars differ in length. */
export function isCalendarMonth(interval: Interval): boolean {
  return interval.name === '1M';
}

/** Open time of the bar that holds `timeMs`, on the UTC grid; weeks start on Monday, months on the first. */
export function startOfInterval(interval: Interval, timeMs: number): number {
  if (isCalendarMonth(interval)) {
    const date = new Date(timeMs);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  }
  const anchor = interval.name === '1w' ? FIRST_MONDAY_MS : 0;
  return Math.floor((timeMs - anchor) / interval.ms) * interval.ms + anchor;
}

/** Open time of the bar after the one that opens at `openTimeMs`. */
export function nextOpenTime(interval: Interval, openTimeMs: number): number {
  if (isCalendarMonth(interval)) {
    const date = new Date(openTimeMs);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
  }
  return openTimeMs + interval.ms;
}

/** How many bars after `fromMs` the bar at `toMs` stands (both open times; parts of a bar round to the nearest). */
export function barsBetween(interval: Interval, fromMs: number, toMs: number): number {
  if (isCalendarMonth(interval)) return monthNumber(toMs) - monthNumber(fromMs);
  return Math.round((toMs - fromMs) / interval.ms);
}

function monthNumber(timeMs: number): number {
  const date = new Date(timeMs);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
