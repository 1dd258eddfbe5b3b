// The answer of a day that is over, from what was at hand by then: with the bundle that a run record names, else with the one that was
// active when the day was due.
import { type DailyPrediction, findAsOfBar, parseInterval, sha256Hex } from '@forecastlab/core';
import { isBundleProblem } from '@forecastlab/core/node';
import { predictionPath } from '../answers/answer-path.js';
import type { MarketDay } from '../answers/read-answer.js';
import type { RecordedAnswer } from '../answers/recorded-answers.js';
import { predictionBytes } from '../answers/save-prediction.js';
import { checkLeadingBars } from '../bars/check-leading-bars.js';
import { DAY_MS, dateOf, rowsBefore } from '../bars/expected-day.js';
import { type Answerer, fallbackWarnings } from '../bundle/run-bundles.js';
import { attempt } from '../run/attempt.js';
import { makePrediction } from '../run/make-prediction.js';
import type { RunContext } from '../run/run-context.js';

/** Why a day has no answer and cannot have one. */
export type SkipCode = 'no-bundle' | 'no-bar' | 'saw-later-bars' | 'other-market';

/** What can be answered for a past day. */
export type PastDay =
  | { readonly prediction: DailyPrediction; readonly bytes: Uint8Array; /** True when these are the bytes that a run record tells. */ readonly isAsRecorded: boolean }
  | { readonly skipped: SkipCode; readonly reason: string };

/** @throws what reading bars and loading bundles throw, TEMPORARY when the bars of the bundle's leader do not reach the day */
export async function answerPastDay(
  run: RunContext,
  day: MarketDay & { readonly nowMs: number },
  options: {
    /** Which bundle, for want of a record; undefined when there is none. */
    choose(date: string): Promise<Answerer | undefined>;
  },
): Promise<PastDay> {
  const recorded = await recordedOfDay(run, day);
  if (recorded !== undefined) {
    const again = await answerAsRecorded(run, day, recorded);
    if (again !== undefined && 'prediction' in again) return again;
  }
  const answerer = await options.choose(day.date);
  if (answerer === undefined) return { skipped: 'no-bundle', reason: 'no bundle was active when that day was due' };
  return answerWith(run, day, answerer.bundle, { isBackfilled: true, runWarnings: fallbackWarnings(answerer.fallback) });
}

/** The record of the day's answer, whichever kind of bundle gave it. */
export async function recordedOfDay(run: RunContext, { date, symbol, isOfSeveral }: MarketDay): Promise<RecordedAnswer | undefined> {
  const [own, other] = isOfSeveral ? [symbol, undefined] : [undefined, symbol];
  return (await run.recordedAnswer(predictionPath(date, own))) ?? run.recordedAnswer(predictionPath(date, other));
}

/** Undefined when the bundle is gone or damaged. What may pass (TEMPORARY) is thrown on. */
async function answerAsRecorded(run: RunContext, day: MarketDay & { readonly nowMs: number }, recorded: RecordedAnswer): Promise<PastDay | undefined> {
  const bundle = await attempt(() => run.bundles.named(recorded.deploy_name));
  if ('error' in bundle) {
    if (isBundleProblem(bundle.error)) return undefined;
    throw bundle.error;
  }
  const { backfilled: isBackfilled, run_warnings: runWarnings } = recorded;
  const again = await answerWith(run, day, bundle.value, { isBackfilled, runWarnings, expectedSha256: recorded.sha256 });
  if ('skipped' in again || again.isAsRecorded) return again;
  return answerWith(run, day, bundle.value, { isBackfilled: true, runWarnings });
}

interface WithOptions {
  readonly isBackfilled: boolean;
  readonly runWarnings: readonly string[];
  /** Bytes that may be written again whatever the bundle has seen: they were the answer. */
  readonly expectedSha256?: string;
}

async function answerWith(run: RunContext, { date, symbol, nowMs }: MarketDay & { readonly nowMs: number }, bundle: Answerer['bundle'], { isBackfilled, runWarnings, expectedSha256 }: WithOptions): Promise<PastDay> {
  const { meta } = bundle;
  if (meta.symbols === undefined && meta.symbol !== symbol) return { skipped: 'other-market', reason: `the bundle ${meta.deployName} is of ${meta.symbol}` };
  const { klines } = await run.storedBars(meta, symbol, nowMs);
  const rowMs = lastOpenOf(klines.openTimeMs, date);
  if (rowMs === undefined) return { skipped: 'no-bar', reason: noBar(klines.openTimeMs, date) };
  if (date > findAsOfBar(klines, { intervalMs: parseInterval(meta.interval).ms }).date) return { skipped: 'no-bar', reason: 'its last bar has not closed' };
  const seesLater = Date.parse(meta.training.cutOff) > rowMs;
  const later = { skipped: 'saw-later-bars', reason: `the bundle ${meta.deployName} has seen bars up to ${meta.training.cutOff.slice(0, 10)} in training` } as const;
  if (seesLater && expectedSha256 === undefined) return later;
  const leader = await run.leaderOf(meta, symbol);
  if (run.request.allowMissingLeader !== true) checkLeadingBars(klines, bundle, leader, { asofDate: date });
  const prediction = makePrediction(bundle, klines, { symbol, asofDate: date, leader: leader?.klines, isBackfilled, runWarnings });
  const bytes = predictionBytes(prediction);
  const isAsRecorded = expectedSha256 !== undefined && sha256Hex(bytes) === expectedSha256;
  return seesLater && !isAsRecorded ? later : { prediction, bytes, isAsRecorded };
}

/** Open time of the last bar that opened on a date; undefined when there is none. */
function lastOpenOf(openTimeMs: Float64Array, date: string): number | undefined {
  const startMs = Date.parse(date);
  const last = openTimeMs.at(rowsBefore(openTimeMs, startMs + DAY_MS) - 1);
  return last !== undefined && last >= startMs && last < startMs + DAY_MS ? last : undefined;
}

function noBar(openTimeMs: Float64Array, date: string): string {
  const [first, last] = [dateOf(openTimeMs[0]), dateOf(openTimeMs[openTimeMs.length - 1])];
  if (date < first) return `the stored bars begin on ${first}`;
  return date > last ? `the stored bars end on ${last}` : 'the exchange has no bar of that day';
}
