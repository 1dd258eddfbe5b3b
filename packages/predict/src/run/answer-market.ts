// Today's answer of one market: kept where it lies already, else made from bars that are up to date.
import { type DailyPrediction, findAsOfBar, ForecastLabError, isForecastLabError, type Klines, parseInterval, sha256Hex } from '@forecastlab/core';
import { isSameBytes, nativeFingerprint } from '@forecastlab/core/node';
import { pathOf } from '../answers/answer-path.js';
import { type MarketDay, readAnswer, type StoredAnswer } from '../answers/read-answer.js';
import { predictionBytes, savePrediction } from '../answers/save-prediction.js';
import { whatDiffers } from '../answers/what-differs.js';
import { checkFresh } from '../bars/check-fresh.js';
import { checkLeadingBars } from '../bars/check-leading-bars.js';
import { checkSource } from '../bars/check-source.js';
import { DAY_MS, expectedDay, rowsBefore } from '../bars/expected-day.js';
import { type PreparedBars, readPreparedBars } from '../bars/prepared-bars.js';
import { hasClock, updateStoredBars } from '../bars/update-stored-bars.js';
import { chooseSymbol } from '../bundle/choose-symbols.js';
import { marketOfBundle } from '../bundle/market-of-bundle.js';
import { type Answerer, type BundleFacts, fallbackWarnings } from '../bundle/run-bundles.js';
import { fillDay } from '../missed-days/fill-day.js';
import { recordedOfDay } from '../missed-days/past-day.js';
import { attempt } from './attempt.js';
import { makePrediction } from './make-prediction.js';
import { type AnswerOutcome, isDaily, type PredictionReport } from './prediction-request.js';
import type { RunContext } from './run-context.js';

/** A file that ends earlier than this is told to be old. */
const OLD_AFTER_DAYS = 2;

/**
 * Answers for the newest complete day, or the day that is asked for.
 * @throws BAD_OPTION for a source that does not fit, TEMPORARY when the stored bars do not reach the newest closed one yet, or those of the
 * bundle's leader the day, CONFLICT when a different prediction of the day exists and a certain one was asked for
 */
export async function answerMarket(run: RunContext, symbol: string): Promise<PredictionReport> {
  const facts = await run.bundles.facts();
  const early = await answeredAlready(run, symbol, facts);
  if (early !== undefined) return early;
  const { request } = run;
  const { bundle, fallback } = await run.bundles.answerer();
  const { meta } = bundle;
  chooseSymbol(meta, { symbol });
  if (request.source !== undefined) checkSource(symbol, meta, request.source);
  const update = run.isUpdating && request.source !== undefined ? await updateStoredBars(request.store, marketOfBundle(meta, symbol), meta, { source: request.source, nowMs: request.nowMs }) : undefined;
  const nowMs = update?.clockMs ?? request.nowMs;
  const bars = request.dataFile === undefined ? await run.storedBars(meta, symbol, nowMs) : await readPreparedBars({ ...request, symbol, nowMs }, meta);
  const { klines } = bars;
  if (bars.isStored && request.asofDate === undefined) checkFresh(klines, { interval: meta.interval, nowMs });
  const { date } = findAsOfBar(klines, { intervalMs: parseInterval(meta.interval).ms, ...(request.asofDate === undefined ? {} : { asofDate: request.asofDate }) });
  const common = { dataFile: bars.path, restated: update?.restated ?? [], fallback };
  const found = await readAnswer(request.store, { date, symbol, isOfSeveral: meta.symbols !== undefined });
  if (isDaily(request) && found.state === 'valid' && found.prediction.symbol === symbol) {
    return { ...common, ...keep(found, bundle, bars), dataWarnings: bars.warnings };
  }
  if (isDaily(request) && found.state !== 'valid' && (found.state === 'damaged' || (await hadAnswer(run, { date, symbol, isOfSeveral: meta.symbols !== undefined })))) {
    return { ...common, ...(await restore(run, { symbol, date, nowMs }, found, { bundle, fallback })), dataWarnings: bars.warnings };
  }
  const leader = await run.leaderOf(meta, symbol);
  if (request.allowMissingLeader !== true) checkLeadingBars(klines, bundle, leader, { asofDate: request.asofDate });
  // whoever asks for a day that is over may know how it went on
  const isBackfilled = !isDaily(request) && date < expectedDay(parseInterval(meta.interval), nowMs);
  const prediction = makePrediction(bundle, klines, { symbol, asofDate: request.asofDate, leader: leader?.klines, isBackfilled, runWarnings: fallbackWarnings(fallback) });
  const saved = await save(run, prediction, found, bundle, bars);
  return { ...common, ...saved, dataWarnings: [...bars.warnings, ...(leader?.warnings ?? []), ...sayAge(prediction, { ...request, nowMs })] };
}

/** The answer of the day that is due, before anything is fetched and any model is loaded: running again costs next to nothing. */
async function answeredAlready(run: RunContext, symbol: string, facts: BundleFacts): Promise<PredictionReport | undefined> {
  const { request } = run;
  if (!isDaily(request)) return undefined;
  const { meta } = facts;
  if (request.source !== undefined) checkSource(symbol, meta, request.source);
  const due = await dueDay(run, symbol, facts);
  const found = due === undefined ? undefined : await readAnswer(request.store, { date: due.date, symbol, isOfSeveral: meta.symbols !== undefined });
  if (due === undefined || found?.state !== 'valid' || found.prediction.symbol !== symbol) return undefined;
  const bars = await attempt(() => run.storedBars(meta, symbol, due.clockMs));
  const common = { restated: [], fallback: null };
  if ('error' in bars) return { ...common, ...keep(found, facts, undefined), dataWarnings: [bars.error.message], dataFile: '' };
  return { ...common, ...keep(found, facts, bars.value), dataWarnings: bars.value.warnings, dataFile: bars.value.path };
}

/** By the source's clock, else that of the newest stored bar; undefined where neither tells. Throws TEMPORARY when the exchange does not answer. */
async function dueDay({ request, isUpdating, clockMs, storedBars }: RunContext, symbol: string, { meta }: BundleFacts): Promise<{ readonly date: string; readonly clockMs: number } | undefined> {
  const interval = parseInterval(meta.interval);
  if (isUpdating && request.source !== undefined) {
    // archives have no clock: what they hold decides
    if (!hasClock(request.source, marketOfBundle(meta, symbol))) return undefined;
    const clock = await attempt(() => clockMs(meta, symbol));
    if ('value' in clock) return { date: expectedDay(interval, clock.value), clockMs: clock.value };
    throw withAnswered(clock.error, await readAnswer(request.store, { date: expectedDay(interval, request.nowMs), symbol, isOfSeveral: meta.symbols !== undefined }));
  }
  // what is wrong with the bars is told by the run itself
  const newest = await attempt(async () => {
    const { klines } = await storedBars(meta, symbol, request.nowMs);
    checkFresh(klines, { interval: meta.interval, nowMs: request.nowMs });
    return findAsOfBar(klines, { intervalMs: interval.ms }).date;
  });
  return 'value' in newest ? { date: newest.value, clockMs: request.nowMs } : undefined;
}

/** The exchange does not answer: whether the day is over is not known, but by this machine's clock nothing is missing. */
function withAnswered(error: ForecastLabError, found: StoredAnswer): ForecastLabError {
  if (found.state !== 'valid') return error;
  return new ForecastLabError(error.code, error.message, { ...(error.hint === undefined ? {} : { hint: error.hint }), details: { ...error.details, answered: found.prediction.asof_date }, cause: error });
}

type Kept = Pick<PredictionReport, 'prediction' | 'outcome' | 'sha256'>;

/** An answer that stays: the same inputs would give it again, or they are others by now. */
function keep({ path, prediction, bytes }: Extract<StoredAnswer, { state: 'valid' }>, { meta, sha256 }: BundleFacts, bars: PreparedBars | undefined): Kept {
  const differs = whatDiffers(prediction, { interval: meta.interval, deploy_name: meta.deployName, bundle_sha256: sha256, ...(bars === undefined ? {} : { data_sha256: fingerprintUpTo(bars.klines, prediction.asof_date) }) });
  return { prediction, outcome: differs.length === 0 ? { status: 'unchanged', path } : { status: 'kept', path, differs }, sha256: sha256Hex(bytes) };
}

function fingerprintUpTo(klines: Klines, date: string): string {
  return nativeFingerprint(klines, 0, rowsBefore(klines.openTimeMs, Date.parse(date) + DAY_MS));
}

/** A file that is gone was the day's answer all the same, when a run record tells of it. Records that cannot be read keep no day from its answer. */
async function hadAnswer(run: RunContext, day: MarketDay): Promise<boolean> {
  return recordedOfDay(run, day).then((recorded) => recorded !== undefined, () => false);
}

/** What lay there is kept aside; the answer is the recorded one, else one of the bundle that answers now, marked. */
async function restore(run: RunContext, { symbol, date, nowMs }: { readonly symbol: string; readonly date: string; readonly nowMs: number }, stored: Exclude<StoredAnswer, { state: 'valid' }>, answerer: Answerer): Promise<Kept> {
  const found = stored.state === 'damaged' ? stored : { ...stored, reason: `The prediction of ${date} is gone, though a run record tells of it.` };
  const isOfSeveral = answerer.bundle.meta.symbols !== undefined;
  const outcome = await fillDay(run, { date, symbol, isOfSeveral, nowMs }, { found, choose: () => Promise.resolve(answerer) });
  if (outcome.kind === 'skipped') throw new ForecastLabError('CORRUPT', `${found.reason} ${outcome.day.quarantine === null ? 'It' : `It was copied to ${outcome.day.quarantine}, and`} cannot be made again: ${outcome.day.reason}.`);
  if (outcome.kind === 'there') {
    const there = await readAnswer(run.request.store, { date, symbol, isOfSeveral });
    if (there.state !== 'valid') throw new ForecastLabError('CORRUPT', found.reason);
    return { prediction: there.prediction, outcome: { status: 'kept', path: there.path, differs: [] }, sha256: sha256Hex(there.bytes) };
  }
  const { day, prediction, record } = outcome;
  if (day.status === 'dry-run') return { prediction, outcome: { status: 'dry-run', would: 'restored', path: day.path }, sha256: null };
  return { prediction, outcome: { status: 'restored', path: day.path, quarantine: day.quarantine, is_same: day.status === 'restored', reason: found.reason }, sha256: record.sha256 };
}

async function save(run: RunContext, prediction: DailyPrediction, found: StoredAnswer, bundle: BundleFacts, bars: PreparedBars): Promise<Kept> {
  const { request } = run;
  const bytes = predictionBytes(prediction);
  if (request.isDryRun === true) return { prediction, outcome: { status: 'dry-run', would: isSameButForMark(found, prediction) ? 'unchanged' : wouldBe(found, bytes, request.force === true), path: placeFor(found, prediction) }, sha256: null };
  if (isSameButForMark(found, prediction)) return { prediction: found.prediction, outcome: { status: 'unchanged', path: found.path }, sha256: sha256Hex(found.bytes) };
  try {
    return { prediction, outcome: await savePrediction(request.store, prediction, { force: request.force ?? false, path: placeFor(found, prediction) }), sha256: sha256Hex(bytes) };
  } catch (error) {
    if (!isDaily(request) || !isForecastLabError(error) || error.code !== 'CONFLICT') throw error;
    // another run was faster, with other inputs: its answer is the day's
    const there = await readAnswer(request.store, { date: prediction.asof_date, symbol: prediction.symbol, isOfSeveral: prediction.market_seen !== undefined });
    if (there.state !== 'valid' || there.prediction.symbol !== prediction.symbol) throw error;
    return keep(there, bundle, bars);
  }
}

/** A day has one answer, also where a bundle of the other kind gave it. */
function placeFor(found: StoredAnswer, prediction: DailyPrediction): string {
  return found.state === 'valid' ? found.path : pathOf(prediction);
}

/** The very answer lies there, made on its day or later. */
function isSameButForMark(found: StoredAnswer, prediction: DailyPrediction): found is Extract<StoredAnswer, { state: 'valid' }> {
  if (found.state !== 'valid') return false;
  const { backfilled: _mark, ...unmarked } = prediction;
  return [unmarked, { ...prediction, backfilled: true as const }].some((one) => isSameBytes(found.bytes, predictionBytes(one)));
}

function wouldBe(found: StoredAnswer, bytes: Uint8Array, force: boolean): Extract<AnswerOutcome, { status: 'dry-run' }>['would'] {
  if (found.state === 'none') return 'written';
  if (isSameBytes(found.bytes, bytes)) return 'unchanged';
  return force ? 'superseded' : 'refused';
}

/** A file may end long ago: then the answer is about the past, which its reader should know. */
function sayAge(prediction: DailyPrediction, { asofDate, nowMs }: { readonly asofDate?: string | undefined; readonly nowMs: number }): string[] {
  if (asofDate !== undefined) return [];
  const days = Math.floor((nowMs - Date.parse(prediction.asof_date)) / DAY_MS);
  return days > OLD_AFTER_DAYS ? [`the newest complete day is ${prediction.asof_date}, ${days} days ago: this is no answer about today`] : [];
}
