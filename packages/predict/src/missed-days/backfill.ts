// Predictions of past days that have none, newest first: with what was knowable on each, marked as made later.
import { findAsOfBar, ForecastLabError, isForecastLabError, optionError, parseInterval } from '@forecastlab/core';
import { type ArtifactStore } from '@forecastlab/core/node';
import { readAnswer } from '../answers/read-answer.js';
import { dateOf, DAY_MS, daysBefore, dueMs } from '../bars/expected-day.js';
import { everActive } from '../bundle/active-when-due.js';
import { chooseSymbols } from '../bundle/choose-symbols.js';
import type { Answerer } from '../bundle/run-bundles.js';
import { attempt, describeFailure, exitCodeFor } from '../run/attempt.js';
import type { FailureCode } from '../run/prediction-request.js';
import { openRun, type RunContext } from '../run/run-context.js';
import { emptyDays, type PastDays } from './catch-up.js';
import { fillDay } from './fill-day.js';

/** A span without end is a slip of the finger. */
const MAX_SPAN_DAYS = 4000;

export interface BackfillRequest {
  readonly store: ArtifactStore;
  /** UTC milliseconds: bars that close later are not looked at. */
  readonly nowMs: number;
  /** First and last UTC date `YYYY-MM-DD`, both included. */
  readonly from: string;
  readonly to: string;
  /** Default: those of the bundle that answers now. */
  readonly symbols?: readonly string[] | undefined;
  /** A bundle for all days. Default: the one that was active when the day was due, else the oldest that had not seen later bars. */
  readonly bundleName?: string | undefined;
  /** At most so many predictions. Default: 60. */
  readonly limit?: number | undefined;
  /** Predict, but write nothing. Default: false. */
  readonly isDryRun?: boolean;
  /** As of a run. Default: false. */
  readonly allowMissingLeader?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface BackfillReport extends PastDays {
  /** Days that had an answer already. */
  readonly there: number;
  /** Days that were not looked at, as the limit was reached. */
  readonly left: number;
  readonly isDryRun: boolean;
  readonly exitCode: 0 | 3 | FailureCode;
}

/**
 * Fills the days of a span that have no prediction.
 * @throws BAD_OPTION for dates that are none, a symbol that is none, or without any bundle; what is wrong with a single day is in `failed`
 */
export async function backfill(request: BackfillRequest): Promise<BackfillReport> {
  const run = openRun(request);
  const { limit = 60, signal } = request;
  const { meta } = await run.bundles.facts();
  const { symbols } = await chooseSymbols(meta, { store: request.store, symbols: request.symbols, isUpdating: false });
  const interval = parseInterval(meta.interval);
  const dates = datesOf(request);
  await checkSpan(run, symbols, dates);
  const days = emptyDays();
  let there = 0;
  let left = 0;
  for (const date of daysBefore(interval, dateOf(Date.parse(dates.to) + DAY_MS), dates.days)) {
    for (const symbol of symbols) {
      signal?.throwIfAborted();
      if (days.filled.length >= limit) {
        left += 1;
        continue;
      }
      const isOfSeveral = meta.symbols !== undefined;
      const outcome = await attempt(async () => fillDay(run, { date, symbol, isOfSeveral, nowMs: request.nowMs }, { found: await readAnswer(request.store, { date, symbol, isOfSeveral }), choose: () => chooseBundle(run, date, dueMs(interval, date)) }));
      if ('error' in outcome) days.failed.push({ ...describeFailure(symbol, outcome.error), date });
      else if (outcome.value.kind === 'there') there += 1;
      else if (outcome.value.kind === 'skipped') days.skipped.push(outcome.value.day);
      else {
        days.filled.push(outcome.value.day);
        days.records.push(outcome.value.record);
      }
    }
  }
  return { ...days, there, left, isDryRun: request.isDryRun === true, exitCode: exitCodeFor(days.filled.length, days.failed) };
}

/** The named one; else the one that was active then; else, of those that were ever active, the first that had not seen the day. */
async function chooseBundle({ bundles, request: { bundleName } }: RunContext, date: string, due: number): Promise<Answerer | undefined> {
  if (bundleName !== undefined) return { bundle: await bundles.named(bundleName), fallback: null };
  const active = await bundles.activeAt(due);
  if (active !== undefined) return active;
  for (const name of everActive(await bundles.history())) {
    const bundle = await bundles.named(name).catch(orUndefined);
    if (bundle !== undefined && Date.parse(bundle.meta.training.cutOff) < Date.parse(date)) return { bundle, fallback: null };
  }
  return undefined;
}

function orUndefined(error: unknown): undefined {
  if (!isForecastLabError(error) || !['CORRUPT', 'BAD_OPTION'].includes(error.code)) throw error;
  return undefined;
}

interface Span {
  readonly from: string;
  readonly to: string;
  readonly days: number;
}

function datesOf({ from, to }: Pick<BackfillRequest, 'from' | 'to'>): Span {
  const days = (timeOf('to', to) - timeOf('from', from)) / DAY_MS + 1;
  if (days < 1) throw optionError('backfill', 'to', `a date from ${from} on`, to);
  if (days > MAX_SPAN_DAYS) throw optionError('backfill', 'from', `at most ${MAX_SPAN_DAYS} days before --to`, from);
  return { from, to, days };
}

function timeOf(option: 'from' | 'to', date: string): number {
  const timeMs = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00.000Z`) : Number.NaN;
  if (Number.isNaN(timeMs) || dateOf(timeMs) !== date) throw optionError('backfill', option, 'a calendar date such as 2025-01-31', date);
  return timeMs;
}

/** A span in which no market has a bar is a wrong call; days without one inside of a span are told as such. */
async function checkSpan(run: RunContext, symbols: readonly string[], { from, to }: Span): Promise<void> {
  const { meta } = await run.bundles.facts();
  const spans: (readonly [string, string])[] = [];
  for (const symbol of symbols) {
    const bars = await attempt(() => run.storedBars(meta, symbol, run.request.nowMs));
    if ('error' in bars) continue; // told with its days
    spans.push([dateOf(bars.value.klines.openTimeMs[0]), findAsOfBar(bars.value.klines, { intervalMs: parseInterval(meta.interval).ms }).date]);
  }
  if (spans.length === 0 || spans.some(([first, last]) => from <= last && to >= first)) return;
  throw new ForecastLabError('BAD_OPTION', `No closed bar is stored from ${from} to ${to}: the stored bars reach from ${spans[0][0]} to ${spans[0][1]}.`, { hint: 'Give other dates, or bring the klines up to date first: forecastlab-train data update.' });
}
