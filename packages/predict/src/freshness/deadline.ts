// The time of day by which the prediction must be there, and which day's prediction that is.
import { type Interval, optionError } from '@forecastlab/core';
import { DAY_MS, dueMs, expectedDay } from '../bars/expected-day.js';

const MINUTE_MS = 60_000;
const TIME = /^([01]?\d|2[0-3]):([0-5]\d)(?:Z|([+-])(0\d|1[0-4]):?([0-5]\d))$/;

/** A day whose prediction is expected. */
export interface ExpectedDay {
  /** UTC date of the open of its last bar. */
  readonly asofDate: string;
  /** UTC ms at which its last bar has closed. */
  readonly closedAtMs: number;
  /** UTC ms from which on its prediction is missing when it is not there. */
  readonly deadlineAtMs: number;
}

/**
 * Milliseconds after midnight UTC of a time of day such as `01:00Z` or `09:00+08:00`.
 * @throws BAD_OPTION for a text without a zone, or none at all
 */
export function parseDeadline(text: string): number {
  const [, hours, minutes, sign, zoneHours, zoneMinutes] = TIME.exec(text.trim()) ?? [];
  if (hours === undefined) throw optionError('freshness', 'deadline', 'a time of day with its zone, such as 01:00Z or 09:00+08:00', text, 'Without a zone nobody would know which day it means.');
  const zone = sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(zoneHours) * 60 + Number(zoneMinutes));
  return modulo((Number(hours) * 60 + Number(minutes) - zone) * MINUTE_MS, DAY_MS);
}

/** The newest day whose deadline has passed: the first time of that kind at or after the close of its last bar. */
export function expectedByDeadline(interval: Interval, options: { /** See parseDeadline. */ readonly deadlineMs: number; readonly nowMs: number }): ExpectedDay {
  const newest = dayOf(interval, expectedDay(interval, options.nowMs), options.deadlineMs);
  return newest.deadlineAtMs <= options.nowMs ? newest : dayOf(interval, expectedDay(interval, newest.closedAtMs - 1), options.deadlineMs);
}

function dayOf(interval: Interval, asofDate: string, deadlineMs: number): ExpectedDay {
  const closedAtMs = dueMs(interval, asofDate);
  return { asofDate, closedAtMs, deadlineAtMs: closedAtMs + modulo(deadlineMs - closedAtMs, DAY_MS) };
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
