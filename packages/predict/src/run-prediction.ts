// The daily job: load the active bundle once, take the bars, predict the newest closed one, keep the answer.
import { basename } from 'node:path';
import { type Bundle, type DailyPrediction, findAsOfBar, ForecastLabError, type Klines, parseInterval, predictDay, prepareKlines } from '@forecastlab/core';
import { type ArtifactStore, openModelRegistry, symbolOfFileName } from '@forecastlab/core/node';
import { readBars } from './read-bars.js';
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
  /** A klines file. Default: the stored klines of the bundle's symbol and interval. */
  readonly dataFile?: string;
  /** Bring the stored klines up to date from this source first. Default: take them as they are. */
  readonly source?: BarSource;
  /** UTC date `YYYY-MM-DD`. Default: the newest complete day. */
  readonly asofDate?: string;
  /** Name of a bundle. Default: the active one. */
  readonly bundleName?: string;
  /** Predict, but write nothing. Default: false. */
  readonly isDryRun?: boolean;
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
 * @throws BAD_OPTION without an active bundle, TEMPORARY when the stored bars do not reach the newest closed one yet,
 * CONFLICT when a different prediction of that day exists, CORRUPT for a bundle that fails its checks
 */
export async function runPrediction(request: PredictionRequest): Promise<PredictionReport> {
  const bundle = await loadBundle(request);
  const isUpdated = request.source !== undefined && request.isDryRun !== true;
  const nowMs = isUpdated ? await updateStoredBars(request.store, bundle.meta, { source: request.source, nowMs: request.nowMs }) : request.nowMs;
  const { parsed, path, isStored, isVouchedFor, closedByMs, warnings } = await readBars(request, bundle.meta);
  checkMarket(bundle, parsed.interval, path);
  const prepared = prepareKlines(parsed, { serverTimeMs: closedByMs(nowMs), lastBar: isVouchedFor ? 'trust' : 'check' });
  if (isStored && request.asofDate === undefined) checkFresh(prepared.klines, bundle, nowMs);
  const prediction = predictDay(bundle, prepared.klines, request.asofDate === undefined ? {} : { asofDate: request.asofDate });
  const outcome = request.isDryRun === true ? ({ status: 'dry-run' } as const) : await savePrediction(request.store, prediction, { force: request.force ?? false });
  return { prediction, outcome, dataWarnings: [...warnings, ...prepared.warnings, ...sayAge(prediction, { ...request, nowMs })], dataFile: path };
}

async function loadBundle(request: PredictionRequest): Promise<Bundle> {
  const registry = openModelRegistry(request.store);
  if (request.bundleName !== undefined) return registry.verify(request.bundleName);
  const active = await registry.loadActive();
  if (active !== undefined) return active;
  throw new ForecastLabError('BAD_OPTION', `No bundle is active under ${request.store.describe()}.`, {
    hint: 'Make one with forecastlab-train bundle --activate, activate one with forecastlab-train models activate NAME, or name one with --bundle.',
  });
}

/** The file the bundle was trained on is its market whatever its name says; any other that names a market must name this one. */
function checkMarket({ meta }: Bundle, interval: string, path: string): void {
  const file = basename(path);
  const symbol = symbolOfFileName(file);
  if (symbol !== null && symbol !== meta.symbol && file !== meta.data.file) {
    throw new ForecastLabError('BAD_FILE', `${path} holds bars of ${symbol} by its name; the bundle ${meta.deployName} was trained on ${meta.symbol}.`, {
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
