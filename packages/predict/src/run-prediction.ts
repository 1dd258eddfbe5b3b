// The daily job for one market: load the active bundle once, take the bars, predict the newest closed one, keep the answer.
import { basename } from 'node:path';
import { type Bundle, type DailyPrediction, findAsOfBar, ForecastLabError, isMarketSymbol, type Klines, optionError, parseInterval, predictDay, prepareKlines } from '@forecastlab/core';
import { type ArtifactStore, isSampleSymbol, symbolOfFileName } from '@forecastlab/core/node';
import { checkLeadingBars } from './check-leading-bars.js';
import { checkSource } from './check-source.js';
import { loadBundle } from './load-bundle.js';
import { marketOfBundle, symbolsOfBundle } from './market-of-bundle.js';
import { readBars } from './read-bars.js';
import { type LeadingBars, readLeadingBars } from './read-leading-bars.js';
import { savePrediction, type SaveOutcome } from './save-prediction.js';
import { type BarSource, updateStoredBars } from './update-stored-bars.js';

const DAY_MS = 86_400_000;
/** A file that ends earlier than this is told to be old. */
const OLD_AFTER_DAYS = 2;

/** A request for the prediction of a day. */
export interface PredictionRequest {
  readonly store: ArtifactStore;
  /** UTC milliseconds: bars that close later are not looked at. */
  readonly nowMs: number;
  /**
   * The market, of a bundle of several; one that training has not seen is answered with the class shares of all, and marked. Default:
   * the one that the name of `dataFile` tells, else the bundle's first.
   */
  readonly symbol?: string;
  /** A klines file. Default: the stored klines of the market. */
  readonly dataFile?: string;
  /** Bring the stored klines up to date from this source first; a dry run does not. Default: take them as they are. */
  readonly source?: BarSource;
  /** UTC date `YYYY-MM-DD`. Default: the newest complete day. */
  readonly asofDate?: string;
  /** Name of a bundle. Default: the active one. */
  readonly bundleName?: string;
  /** Predict, but write nothing. Default: false. */
  readonly isDryRun?: boolean;
  /** Answer although the bars of the bundle's leader do not reach the day: what follows it is missing, and a warning says so. Default: false. */
  readonly allowMissingLeader?: boolean;
  /** Put a different answer in the place of the first, which is kept. Default: false. */
  readonly force?: boolean;
}

/** What came of it. */
export interface PredictionReport {
  readonly prediction: DailyPrediction;
  readonly outcome: SaveOutcome | { readonly status: 'dry-run' };
  /** What is odd about the bars as they came; facts of the run, not part of the prediction. */
  readonly dataWarnings: readonly string[];
  readonly dataFile: string;
}

/**
 * Makes the prediction of a day and keeps it.
 * @throws BAD_OPTION without an active bundle, for a symbol that is none or a source that does not fit, TEMPORARY when the stored bars do not
 * reach the newest closed one yet, or those of the bundle's leader the day that is asked for,
 * CONFLICT when a different prediction of that day exists, CORRUPT for a bundle that fails its checks
 */
export async function runPrediction(request: PredictionRequest): Promise<PredictionReport> {
  const bundle = await loadBundle(request);
  const symbol = chooseSymbol(bundle, request);
  return predictMarket(bundle, symbol, request, symbol === bundle.meta.leader?.symbol ? undefined : await leaderFor(bundle, request));
}

/** The leading bars that a request needs: brought up to date first where a source is given. Throws what readLeadingBars and checkSource throw. */
export async function leaderFor(bundle: Bundle, { store, source, isDryRun, nowMs }: PredictionRequest): Promise<LeadingBars | undefined> {
  const leader = bundle.meta.leader?.symbol;
  if (source !== undefined && leader !== undefined) checkSource(leader, bundle.meta, source);
  return readLeadingBars(store, bundle.meta, { source: isDryRun === true ? undefined : source, nowMs });
}

/** Predicts one market with a bundle and leading bars that are at hand, and keeps the answer. Throws as runPrediction. */
export async function predictMarket(bundle: Bundle, symbol: string, request: PredictionRequest, leader: LeadingBars | undefined): Promise<PredictionReport> {
  const { store, asofDate, source } = request;
  const { meta } = bundle;
  if (source !== undefined) checkSource(symbol, meta, source);
  const isUpdated = source !== undefined && request.isDryRun !== true;
  const nowMs = isUpdated ? await updateStoredBars(store, marketOfBundle(meta, symbol), meta, { source, nowMs: request.nowMs }) : request.nowMs;
  const { parsed, path, isStored, isVouchedFor, closedByMs, warnings } = await readBars({ ...request, symbol }, meta);
  checkMarket(bundle, symbol, parsed.interval, path);
  const prepared = prepareKlines(parsed, { serverTimeMs: closedByMs(nowMs), lastBar: isVouchedFor ? 'trust' : 'check' });
  if (isStored && asofDate === undefined) checkFresh(prepared.klines, bundle, nowMs);
  if (request.allowMissingLeader !== true) checkLeadingBars(prepared.klines, bundle, leader, { asofDate });
  const isSynthetic = meta.symbols === undefined ? undefined : isSampleSymbol(symbol);
  const prediction = predictDay(bundle, prepared.klines, { ...(asofDate === undefined ? {} : { asofDate }), symbol, isSynthetic, leader: leader?.klines });
  const outcome = request.isDryRun === true ? ({ status: 'dry-run' } as const) : await savePrediction(store, prediction, { force: request.force ?? false });
  return { prediction, outcome, dataWarnings: [...warnings, ...prepared.warnings, ...(leader?.warnings ?? []), ...sayAge(prediction, { ...request, nowMs })], dataFile: path };
}

/** A bundle of one market answers for that one; one of several for the market that is named, in the call or by the file. */
function chooseSymbol({ meta }: Bundle, { symbol, dataFile }: PredictionRequest): string {
  if (meta.symbols === undefined) {
    if (symbol === undefined || symbol === meta.symbol) return meta.symbol;
    throw optionError('the prediction', 'symbols', `${meta.symbol}, the one market of the bundle ${meta.deployName}`, symbol, 'Bundles of several markets, made with forecastlab-train bundle --symbols, answer for others too.');
  }
  if (symbol !== undefined) checkSymbol(symbol);
  if (symbol !== undefined || dataFile === undefined) return symbol ?? meta.symbol;
  const file = basename(dataFile);
  const named = meta.symbols.find((market) => market.file === file)?.symbol ?? symbolOfFileName(file);
  if (named !== null) return named;
  throw optionError('the prediction', 'symbols', `given when the name of the file does not tell the market (${file})`, undefined, `Give --symbols with one of ${symbolsOfBundle(meta).join(', ')}, or another market.`);
}

/** A market that was asked for by name. Throws BAD_OPTION for one that cannot be any: it ends up in paths, and in the answer. */
export function checkSymbol(symbol: string): void {
  if (!isMarketSymbol(symbol)) throw optionError('the prediction', 'symbols', 'capital letters and digits, such as BTCUSDT', symbol);
}

/** The file the bundle was trained on is its market whatever its name says; any other that names a market must name this one. */
function checkMarket({ meta }: Bundle, market: string, interval: string, path: string): void {
  const file = basename(path);
  const symbol = symbolOfFileName(file);
  const trained = meta.symbols?.find((own) => own.symbol === market) ?? meta.data;
  if (symbol !== null && symbol !== market && file !== trained.file) {
    throw new ForecastLabError('BAD_FILE', `${path} holds bars of ${symbol} by its name; ${meta.symbols === undefined ? `the bundle ${meta.deployName} was trained on ${market}` : `${market} was asked for`}.`, {
      hint: 'Give a file of the same market, or name another bundle with --bundle. A file whose name misleads can be renamed.',
      details: { file: path, symbol },
    });
  }
  if (interval === meta.interval) return;
  throw new ForecastLabError('BAD_FILE', `${path} holds bars of ${interval}; the bundle ${meta.deployName} was trained on bars of ${meta.interval}.`, {
    hint: 'Give a file of the same interval, or name another bundle with --bundle.',
    details: { file: path, interval },
  });
}

/** A file may end long ago: then the answer is about the past, which its reader should know. */
function sayAge(prediction: DailyPrediction, request: PredictionRequest): string[] {
  if (request.asofDate !== undefined) return [];
  const days = Math.floor((request.nowMs - Date.parse(prediction.asof_date)) / DAY_MS);
  return days > OLD_AFTER_DAYS ? [`the newest complete day is ${prediction.asof_date}, ${days} days ago: this is no answer about today`] : [];
}

/** Stored bars must reach the newest bar that has closed: an answer from yesterday's data is not today's. */
function checkFresh(klines: Klines, bundle: Bundle, nowMs: number): void {
  const interval = parseInterval(bundle.meta.interval);
  const newest = findAsOfBar(klines, { intervalMs: interval.ms });
  const lateMs = nowMs - (klines.openTimeMs[newest.row] + interval.ms);
  const toleranceMs = Math.max(interval.ms, DAY_MS);
  if (lateMs < toleranceMs) return;
  throw new ForecastLabError('TEMPORARY', `The stored bars end on ${newest.date}; a later day has closed since.`, {
    hint: 'Bring them up to date (forecastlab-train data update), or ask for a past day with --asof.',
    details: { newest: newest.date },
  });
}
