// The daily job: each market by itself, so that one that fails keeps no other from its answer; today's answers first, then the days of the
// last week that were missed.
import { type BundleMeta, type ForecastLabError, isForecastLabError, parseInterval } from '@forecastlab/core';
import { predictionPath } from '../answers/answer-path.js';
import { expectedDay } from '../bars/expected-day.js';
import { everActive } from '../bundle/active-when-due.js';
import { chooseSymbol, chooseSymbols } from '../bundle/choose-symbols.js';
import type { BundleFallback } from '../bundle/run-bundles.js';
import { catchUp, emptyDays, type PastDays } from '../missed-days/catch-up.js';
import { answerMarket } from './answer-market.js';
import { attempt, describeFailure, exitCodeFor } from './attempt.js';
import { type FailureCode, isDaily, type MarketFailure, type MarketResult, type PlannedAnswer, type PredictionReport, type PredictionRequest } from './prediction-request.js';
import { openRun, type RunContext } from './run-context.js';

/** A request for the predictions of a day. */
export interface PredictionsRequest extends Omit<PredictionRequest, 'symbol'> {
  /** Which markets. Default: those of the bundle whose klines are stored; with a source, all of the bundle. */
  readonly symbols?: readonly string[] | undefined;
  /** Told of each market as it is done. */
  readonly onMarket?: ((result: MarketResult) => void) | undefined;
}

/** What came of it. */
export interface PredictionsReport {
  /** The bundle that answered, or is to answer. */
  readonly deployName: string;
  /** In the order of the markets asked for. */
  readonly reports: readonly PredictionReport[];
  readonly failures: readonly MarketFailure[];
  /** Of a dry run: what would be predicted once the bars are there. */
  readonly planned: readonly PlannedAnswer[];
  /** All three, in that order, with the errors themselves. */
  readonly results: readonly MarketResult[];
  /** Markets of the bundle that were left out because no klines of theirs are stored. */
  readonly notStored: readonly string[];
  /** Days of the last week that had no answer. */
  readonly pastDays: PastDays;
  /** Why another bundle answered than the active one. */
  readonly fallback: BundleFallback | null;
  /** Every bundle that was ever active, by the history; empty where a certain answer was asked for. */
  readonly everActive: readonly string[];
  /** False when one market was asked for, or the bundle has only one. */
  readonly isList: boolean;
  /** 0 when all have an answer, 3 when some have, 75 when none has and each may later, else 1 or 2. */
  readonly exitCode: 0 | 3 | FailureCode;
}

/**
 * Makes the predictions of a day and keeps them, one file a market; then those of days of the last week that were missed, where the day's
 * answer is asked for, whatever it is (no file, day, bundle or force).
 * @throws BAD_OPTION without an active bundle or for a symbol that is none or given twice, BAD_FILE when no klines are stored, CORRUPT for a bundle
 * that fails its checks, INTERRUPTED; what is wrong with a single market is in `failures`
 */
export async function runPredictions(request: PredictionsRequest): Promise<PredictionsReport> {
  const run = openRun(request);
  const { meta } = await run.bundles.facts();
  const { symbols, notStored } = request.dataFile === undefined ? await chooseSymbols(meta, { ...request, isUpdating: request.source !== undefined }) : { symbols: [chooseSymbol(meta, { symbol: request.symbols?.[0], dataFile: request.dataFile })], notStored: [] };
  const results: MarketResult[] = [];
  for (const symbol of symbols) {
    request.signal?.throwIfAborted();
    const result = await resultOf(run, meta, symbol);
    results.push(result);
    request.onMarket?.(result);
  }
  const pastDays = isDaily(request) ? await catchUpAll(run, meta, results) : emptyDays();
  const reports = results.flatMap((result) => ('report' in result ? [result.report] : []));
  const planned = results.flatMap((result) => ('planned' in result ? [result.planned] : []));
  const failures = results.flatMap((result) => ('error' in result ? [describeFailure(result.symbol, result.error)] : []));
  const fallback = reports.find((report) => report.fallback !== null)?.fallback ?? null;
  return { deployName: fallback?.answered ?? meta.deployName, reports, failures, planned, results, notStored, pastDays, fallback, everActive: isDaily(request) ? everActive(await run.bundles.history()) : [], isList: meta.symbols !== undefined && request.symbols?.length !== 1 && request.dataFile === undefined, exitCode: exitCodeOfRun(reports.length + planned.length, failures, pastDays) };
}

/** Makes the prediction of a day of one market and keeps it. Throws as runPredictions, and what is wrong with the market. */
export async function runPrediction({ symbol, ...request }: PredictionRequest): Promise<PredictionReport> {
  const run = openRun(request);
  const { meta } = await run.bundles.facts();
  return answerMarket(run, chooseSymbol(meta, { symbol, dataFile: request.dataFile }));
}

async function resultOf(run: RunContext, meta: BundleMeta, symbol: string): Promise<MarketResult> {
  const result = await attempt(() => answerMarket(run, symbol));
  if ('value' in result) return { symbol, report: result.value };
  const { request } = run;
  // the bars that are not there yet are those that would be fetched
  const isWaiting = request.isDryRun === true && request.source !== undefined && isDaily(request) && ['TEMPORARY', 'BAD_FILE'].includes(result.error.code);
  if (!isWaiting) return { symbol, error: result.error };
  const date = expectedDay(parseInterval(meta.interval), request.nowMs);
  return { symbol, planned: { symbol, date, path: predictionPath(date, meta.symbols === undefined ? undefined : symbol), deploy_name: meta.deployName, reason: result.error.message } };
}

/** A market whose stored bars cannot be read has told so already. */
async function catchUpAll(run: RunContext, meta: BundleMeta, results: readonly MarketResult[]): Promise<PastDays> {
  const all = emptyDays();
  for (const result of results) {
    const { symbol } = result;
    const today = 'report' in result ? result.report.prediction.asof_date : 'planned' in result ? result.planned.date : undefined;
    const clock = await attempt(() => run.clockMs(meta, symbol));
    const days = await attempt(() => catchUp(run, meta, { symbol, today, nowMs: 'value' in clock ? clock.value : run.request.nowMs }));
    if ('error' in days) {
      if ('report' in result && today !== undefined) all.failed.push({ ...describeFailure(symbol, days.error), date: today });
      continue;
    }
    all.filled.push(...days.value.filled);
    all.skipped.push(...days.value.skipped);
    all.failed.push(...days.value.failed);
    all.records.push(...days.value.records);
  }
  return all;
}

/** The code is that of today's answers; days that failed beside them make it one in part. */
function exitCodeOfRun(done: number, failures: readonly MarketFailure[], pastDays: PastDays): PredictionsReport['exitCode'] {
  const code = exitCodeFor(done, failures);
  return code === 0 && pastDays.failed.length > 0 ? 3 : code;
}

/** The error of the only market of a run; undefined when it has an answer. */
export function onlyError({ results, isList }: PredictionsReport): ForecastLabError | undefined {
  const [result] = results;
  return !isList && 'error' in result && isForecastLabError(result.error) ? result.error : undefined;
}
