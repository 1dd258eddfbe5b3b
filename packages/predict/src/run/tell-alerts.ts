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
    else if ('error' in result) await tellFailure(alerts, result, nowMs);
  }
  await alerts.resolve('prediction-failed', { title: 'The prediction runs again.' });
  await tellFallback(alerts, report);
  await tellDamage(alerts, report);
  await tellMissed(alerts, report);
}

/** Raises the alert of a run that ended before its markets. Never fails. */
export async function tellBrokenRun(alerts: Alerts, error: ForecastLabError, nowMs: number): Promise<void> {
  if (error.code === 'TEMPORARY' && !isLate(nowMs)) return;
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

/** By this machine's clock: bars close at midnight, those of several days too. */
function isLate(nowMs: number): boolean {
  const day = parseInterval('1d');
  return nowMs - dueMs(day, expectedDay(day, nowMs)) >= STALE_GRACE_MS;
}

/** What may come right by itself is told once it is late. */
async function tellFailure(alerts: Alerts, result: Extract<MarketResult, { error: unknown }>, nowMs: number): Promise<void> {
  const { symbol, error } = result;
  const details = { symbol, code: error.code };
  if (error.code !== 'TEMPORARY') return alerts.raise({ kind: 'prediction-failed', key: `prediction-failed:${symbol}`, severity: 'error', title: `No prediction of ${symbol}: ${error.message}`, text: error.hint, details });
  if (error.details.answered !== undefined || !isLate(nowMs)) return;
  await alerts.raise({ kind: 'stale-data', key: `stale-data:${symbol}`, severity: 'warning', title: `No prediction of ${symbol} yet: ${error.message}`, text: error.hint, details });
}

async function tellFallback(alerts: Alerts, { fallback, everActive, reports }: PredictionsReport): Promise<void> {
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
    for (const name of [...everActive, 'pointer']) await alerts.resolve(`bundle-fallback:${name}`, { title: 'The active bundle answers again.' });
  }
}

/** Days of the last week that could have an answer and got none. */
async function tellMissed(alerts: Alerts, { results, pastDays }: PredictionsReport): Promise<void> {
  for (const { symbol } of results) {
    const key = `missed-days:${symbol}`;
    const days = pastDays.failed.filter((day) => day.symbol === symbol && day.exitCode !== 75);
    if (days.length === 0) await alerts.resolve(key, { title: `The last week of ${symbol} has its predictions, as far as there can be any.` });
    else await alerts.raise({ kind: 'missed-days', key, severity: 'warning', title: `Missed days of ${symbol} could not be caught up: ${days.map(({ date }) => date).join(', ')}.`, text: [days[0].message, days[0].hint ?? ''].join(' ').trim(), details: { symbol, days } });
  }
}

interface Damage {
  readonly date: string;
  readonly quarantine: string | null;
  /** Undefined where no answer could be made. */
  readonly isSame: boolean | undefined;
}

/** All that was damaged of one market is one alert; a run that finds nothing damaged ends it. */
async function tellDamage(alerts: Alerts, { results, pastDays }: PredictionsReport): Promise<void> {
  for (const result of results) {
    const { symbol } = result;
    const key = `corrupt-prediction:${symbol}`;
    const damages = [...('report' in result ? damageToday(result.report) : []), ...damagePast(pastDays, symbol)];
    if (damages.length === 0) {
      if ('report' in result) await alerts.resolve(key, { title: `The predictions of ${symbol} are whole.` });
      continue;
    }
    const what = damages.map(({ date, isSame }) => `${date} (${isSame === undefined ? 'it could not be made again' : isSame ? 'the very same one was made again' : 'made again, marked as backfilled'})`);
    const title = `${damages.length === 1 ? 'A prediction' : `${damages.length} predictions`} of ${symbol} ${damages.length === 1 ? 'was' : 'were'} damaged: ${what.join(', ')}.`;
    const text = `${sayKept(damages.flatMap(({ quarantine }) => quarantine ?? []))}Something wrote to ${damages.length === 1 ? 'that file' : 'these files'}, or the disk is failing.`;
    await alerts.raise({ kind: 'corrupt-prediction', key, severity: 'error', title, text, details: { symbol, damages } });
  }
}

function damageToday({ prediction, outcome }: PredictionReport): readonly Damage[] {
  return outcome.status === 'restored' ? [{ date: prediction.asof_date, quarantine: outcome.quarantine, isSame: outcome.is_same }] : [];
}

function damagePast({ filled, skipped }: PredictionsReport['pastDays'], symbol: string): readonly Damage[] {
  const days = [...filled.map((day) => ({ ...day, isSame: day.status === 'restored' })), ...skipped.map((day) => ({ ...day, isSame: undefined }))];
  return days.flatMap((day) => (day.symbol === symbol && day.quarantine !== null ? [{ date: day.date, quarantine: day.quarantine, isSame: day.isSame }] : []));
}

const sayKept = (files: readonly string[]): string => (files.length === 0 ? '' : `What lay there is kept: ${files.join(', ')}. `);
