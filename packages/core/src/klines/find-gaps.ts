// Bars that an unbroken series would have and this one does not.
import { barsBetween, type Interval, isCalendarMonth, nextOpenTime } from './interval.js';
import { type Gap, MAX_LISTED } from './finding.js';

const DAY_MS = 86_400_000;
// A daily file that is this long and has no bar on a weekend comes from a market that closes then.
const BARS_TO_TELL = 10;

export interface GapFindings {
  readonly gapCount: number;
  readonly missingBars: number;
  /** The first MAX_LISTED, or as many as were asked for. */
  readonly gaps: readonly Gap[];
  /** True for daily bars of a market that closes on weekends: these are then no gaps. */
  readonly closesOnWeekends: boolean;
}

/** Gaps between bars at ascending open times. */
export function findGaps(openTimeMs: Float64Array, interval: Interval, maxListed: number = MAX_LISTED): GapFindings {
  const closesOnWeekends = interval.ms === DAY_MS && openTimeMs.length >= BARS_TO_TELL && !openTimeMs.some(isWeekend);
  const gaps: Gap[] = [];
  let gapCount = 0;
  let missingBars = 0;
  for (let i = 1; i < openTimeMs.length; i += 1) {
    if (openTimeMs[i] - openTimeMs[i - 1] === interval.ms) continue;
    const gap = gapBetween(interval, openTimeMs[i - 1], openTimeMs[i], closesOnWeekends);
    if (gap === undefined) continue;
    gapCount += 1;
    missingBars += gap.missingBars;
    if (gaps.length < maxListed) gaps.push(gap);
  }
  return { gapCount, missingBars, gaps, closesOnWeekends };
}

function gapBetween(interval: Interval, before: number, after: number, closesOnWeekends: boolean): Gap | undefined {
  const missing = barsBetween(interval, before, after) - 1;
  if (missing <= 0) return undefined;
  const fromMs = nextOpenTime(interval, before);
  if (isCalendarMonth(interval)) {
    const date = new Date(fromMs);
    return { fromMs, toMs: Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + missing - 1, 1), missingBars: missing };
  }
  const toMs = fromMs + (missing - 1) * interval.ms;
  return closesOnWeekends ? withoutWeekends(fromMs, toMs) : { fromMs, toMs, missingBars: missing };
}

function withoutWeekends(fromMs: number, toMs: number): Gap | undefined {
  let first = fromMs;
  let last = toMs;
  while (first <= last && isWeekend(first)) first += DAY_MS;
  while (last >= first && isWeekend(last)) last -= DAY_MS;
  if (first > last) return undefined;
  const days = Math.round((last - first) / DAY_MS) + 1;
  const weeks = Math.floor(days / 7);
  let missingBars = weeks * 5;
  for (let day = weeks * 7; day < days; day += 1) if (!isWeekend(first + day * DAY_MS)) missingBars += 1;
  return { fromMs: first, toMs: last, missingBars };
}

function isWeekend(timeMs: number): boolean {
  const day = new Date(timeMs).getUTCDay();
  return day === 0 || day === 6;
}
