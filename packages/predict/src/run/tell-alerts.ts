// What a person must hear of a run, and what is over.
import { type ForecastLabError, parseInterval, type PredictionDrift } from '@forecastlab/core';
import type { Alerts } from '@forecastlab/core/node';
import { dueMs, expectedDay } from '../bars/expected-day.js';
import type { MarketResult, PredictionReport } from './prediction-request.js';
import type { PredictionsReport } from './run-predictions.js';

/** Bars come some time after their close; until then nobody needs to hear that one is missing. */
export const STALE_GRACE_MS = 30 * 60_000;

/** A row farther from the training rows than this share of them are from each other. */
const EXTREME_DISTANCE_RANK = 0.99;

/** Raises and resolves the alerts of a whole run. Never fails. */
export async function tellRun(alerts: Alerts, report: PredictionsReport, nowMs: number): Promise<void> {
  for (const result of report.results) {
    if ('report' in result) await tellAnswer(alerts, result.report);
    else await tellFailure(alerts, result, nowMs);
  }
  await alerts.resolve('prediction-failed', { title: 'The prediction runs again.' });
  await tellFallback(alerts, report);
  await tellDamage(alerts, report);
}

/** Raises the alert of a run that ended before its markets. Never fails. */
export async function tellBrokenRun(alerts: Alerts, error: ForecastLabError): Promise<void> {
  await alerts.raise({ kind: 'prediction-failed', key: 'prediction-failed', severity: 'error', title: `No prediction: ${error.message}`, text: error.hint, details: { code: error.code } });
}

async function tellAnswer(alerts: Alerts, { prediction, outcome, restated }: PredictionReport): Promise<void> {
  const { symbol, asof_date: date } = prediction;
  for (const kind of ['prediction-failed', 'stale-data']) await alerts.resolve(`${kind}:${symbol}`, { title: `${symbol} has its prediction of ${date}.` });
  if (restated.length > 0) {
    await alerts.raise({ kind: 'data-restated', key: `data-restated:${symbol}`, severity: 'warning', title: `The exchange has changed ${restated.length === 1 ? 'a bar' : `${restated.length} bars`} of ${symbol} after ${restated.length === 1 ? 'it was' : 'they were'} stored.`, text: 'Predictions that were made from the earlier values are kept.', details: { symbol, bars: restated.slice(0, 20) } });
  } else if (outcome.status === 'written') await alerts.resolve(`data-restated:${symbol}`, { title: `No bar of ${symbol} was changed any more.` });
  await tellDrift(alerts, symbol, date, prediction.drift);
}

async function tellDrift(alerts: Alerts, symbol: string, date: string, drift: PredictionDrift | undefined): Promise<void> {
  if (drift === undefined) return;
  const key = `drift:${symbol}`;
  const answers = drift.answers.filter((own) => own.is_drifted || own.is_collapsed);
  const isFar = drift.distance_rank !== null && drift.distance_rank > EXTREME_DISTANCE_RANK;
  if (!drift.is_drifted && answers.length === 0 && !isFar) return alerts.resolve(key, { title: `The features of ${symbol} are as in training again.` });
  const moved = [...new Set([...drift.stuck, ...drift.features])];
  const what = [
    ...(drift.is_drifted ? [`${moved.length === 1 ? 'a feature has' : `${moved.length} features have`} moved or stopped (${moved.slice(0, 5).join(', ')}${moved.length > 5 ? ', …' : ''})`] : []),
    ...(isFar ? ['the row of the day is far from every training row'] : []),
    ...(answers.length === 0 ? [] : [`the answers of ${answers.map(({ candidate }) => candidate).join(', ')} are not like those of the evaluation`]),
  ];
  await alerts.raise({ kind: 'drift', key, severity: 'warning', title: `${symbol} on ${date} is not as in training: ${what.join('; ')}.`, text: 'Answers may be worth less than the bundle says. forecastlab-predict drift shows more; a new bundle may help.', details: { symbol, date, ...drift } });
}

/** What may come right by itself is told once it is late. */
async function tellFailure(alerts: Alerts, result: Extract<MarketResult, { error: unknown }>, nowMs: number): Promise<void> {
  const { symbol, error } = result;
  const details = { symbol, code: error.code };
  if (error.code !== 'TEMPORARY') return alerts.raise({ kind: 'prediction-failed', key: `prediction-failed:${symbol}`, severity: 'error', title: `No prediction of ${symbol}: ${error.message}`, text: error.hint, details });
  const day = parseInterval('1d');
  if (nowMs - dueMs(day, expectedDay(day, nowMs)) < STALE_GRACE_MS) return;
  await alerts.raise({ kind: 'stale-data', key: `stale-data:${symbol}`, severity: 'warning', title: `No prediction of ${symbol} yet: ${error.message}`, text: error.hint, details });
}

async function tellFallback(alerts: Alerts, { fallback, deployName, reports }: PredictionsReport): Promise<void> {
  if (fallback !== null) {
    const { name, reason, answered } = fallback;
    await alerts.raise({
      kind: 'bundle-fallback',
      key: `bundle-fallback:${name ?? 'pointer'}`,
      severity: 'error',
      title: name === null ? `Which bundle is active cannot be read; ${answered} answers.` : `The active bundle ${name} failed its checks; ${answered} answers.`,
      text: `${reason} Activate one that is whole: forecastlab-train models activate NAME, or models rollback.`,
      details: { name, answered },
    });
  } else if (reports.some(({ outcome }) => outcome.status === 'written')) {
    await alerts.resolve(`bundle-fallback:${deployName}`, { title: `The active bundle ${deployName} answers again.` });
    await alerts.resolve('bundle-fallback:pointer', { title: 'Which bundle is active can be read again.' });
  }
}

async function tellDamage(alerts: Alerts, { reports, pastDays }: PredictionsReport): Promise<void> {
  const restored = reports.flatMap(({ prediction, outcome }) => (outcome.status === 'restored' ? [{ symbol: prediction.symbol, date: prediction.asof_date, quarantine: outcome.quarantine, isSame: outcome.is_same }] : []));
  const past = [...pastDays.filled, ...pastDays.skipped].flatMap((day) => (day.quarantine === null ? [] : [{ symbol: day.symbol, date: day.date, quarantine: day.quarantine, isSame: 'status' in day && day.status === 'restored' }]));
  for (const { symbol, date, quarantine, isSame } of [...restored, ...past]) {
    const title = `The prediction of ${symbol} of ${date} was damaged; ${isSame ? 'the very same one was made again' : 'it was made again, marked as backfilled'}.`;
    await alerts.raise({ kind: 'corrupt-prediction', key: `corrupt-prediction:${symbol}:${date}`, severity: 'warning', title, text: `What lay there is kept as ${quarantine}. Something wrote to that file, or the disk is failing.`, details: { symbol, date, quarantine } });
  }
}
