// The days of the last week that were missed, given their answers after today's: with what was knowable on each, newest first.
import { type BundleMeta, findAsOfBar, parseInterval } from '@forecastlab/core';
import { readAnswer, type StoredAnswer } from '../answers/read-answer.js';
import type { RecordedAnswer } from '../answers/recorded-answers.js';
import { daysBefore, dueMs } from '../bars/expected-day.js';
import { activeWhenDue } from '../bundle/active-when-due.js';
import { attempt, describeFailure } from '../run/attempt.js';
import type { MarketFailure } from '../run/prediction-request.js';
import type { RunContext } from '../run/run-context.js';
import { type FilledDay, fillDay, type SkippedDay } from './fill-day.js';

/** Days before the newest bar that a run looks back on. What is older is for a backfill. */
export const CATCH_UP_DAYS = 7;

/** What became of the days that had no answer. */
export interface PastDays {
  readonly filled: readonly FilledDay[];
  readonly skipped: readonly SkippedDay[];
  readonly failed: readonly (MarketFailure & { readonly date: string })[];
  /** For the run record. */
  readonly records: readonly RecordedAnswer[];
}

export const NO_PAST_DAYS: PastDays = { filled: [], skipped: [], failed: [], records: [] };

interface MissedDay {
  readonly date: string;
  readonly found: StoredAnswer;
}

/**
 * Looks at the week before the newest bar of a market, and fills what is missing or damaged. A day on which no bundle was active when
 * it was due was not missed.
 * @param today the day that the run itself has answered; undefined when it has not: then the newest bar's day is looked at too
 * @throws what reading the stored bars throws, INTERRUPTED; what is wrong with a single day is in `failed`
 */
export async function catchUp(run: RunContext, meta: BundleMeta, { symbol, today, nowMs }: { readonly symbol: string; readonly today: string | undefined; readonly nowMs: number }): Promise<PastDays> {
  const interval = parseInterval(meta.interval);
  const dates = today === undefined ? await newestDays(run, meta, symbol, nowMs) : daysBefore(interval, today, CATCH_UP_DAYS);
  const isOfSeveral = meta.symbols !== undefined;
  const history = await run.bundles.history();
  const missed: MissedDay[] = [];
  for (const date of dates) {
    const found = await readAnswer(run.request.store, { date, symbol, isOfSeveral });
    const wasDue = found.state === 'damaged' || activeWhenDue(history, dueMs(interval, date)).length > 0;
    if (found.state !== 'valid' && wasDue) missed.push({ date, found });
  }
  const days = emptyDays();
  for (const { date, found } of missed) {
    run.request.signal?.throwIfAborted();
    const outcome = await attempt(() => fillDay(run, { date, symbol, isOfSeveral, nowMs }, { found, choose: () => run.bundles.activeAt(dueMs(interval, date)) }));
    if ('error' in outcome) days.failed.push({ ...describeFailure(symbol, outcome.error), date });
    else if (outcome.value.kind === 'skipped') {
      // then it was another market that was predicted
      if (outcome.value.day.code !== 'other-market') days.skipped.push(run.request.isDryRun === true ? asPlanned(outcome.value.day, run.request.source !== undefined) : outcome.value.day);
    } else if (outcome.value.kind === 'filled') {
      days.filled.push(outcome.value.day);
      days.records.push(outcome.value.record);
    }
  }
  return days;
}

async function newestDays(run: RunContext, meta: BundleMeta, symbol: string, nowMs: number): Promise<readonly string[]> {
  const { klines, isVouchedFor } = await run.storedBars(meta, symbol, nowMs);
  const interval = parseInterval(meta.interval);
  const newest = findAsOfBar(klines, { intervalMs: interval.ms }).date;
  // whether the last bar of a file that was put there by hand is final is not known
  return [...(isVouchedFor ? [newest] : []), ...daysBefore(interval, newest, CATCH_UP_DAYS)];
}

/** A dry run fetches nothing: bars that are not stored would come with the update. */
function asPlanned(day: SkippedDay, isUpdating: boolean): SkippedDay {
  return isUpdating && day.code === 'no-bar' ? { ...day, reason: 'whether it can be filled is known after the update' } : day;
}

interface MutableDays {
  readonly filled: FilledDay[];
  readonly skipped: SkippedDay[];
  readonly failed: (MarketFailure & { readonly date: string })[];
  readonly records: RecordedAnswer[];
}

export const emptyDays = (): MutableDays => ({ filled: [], skipped: [], failed: [], records: [] });
