// predictions.csv of one candidate: what was said about every test row, and what came.
import { type ForecastRecord, forecastOf } from '@forecastlab/core';

const DAY_MS = 86_400_000;

/**
 * `symbol,asof_date,fold,label,barrier,volatility,p_down,p_neutral,p_up`, then `<name>_p_down`, … of each member and baseline; in full
 * precision, one row per market and time. `asof_date` is `asof_time` where a bar opens within a day.
 */
export function predictionsFile(records: readonly ForecastRecord[]): Uint8Array {
  const isDaily = records.every(({ openTimeMs }) => openTimeMs.every((time) => time % DAY_MS === 0));
  const names = [...new Set(records.flatMap(({ forecasts }) => forecasts.map(({ name }) => name)))].filter((name) => name !== 'model');
  const header = ['symbol', isDaily ? 'asof_date' : 'asof_time', 'fold', 'label', 'barrier', 'volatility', ...CLASSES, ...names.flatMap((name) => CLASSES.map((column) => `${name.replaceAll('-', '_')}_${column}`))];
  const lines = records.flatMap((record) => Array.from(record.labels, (_, row) => line(record, row, isDaily, ['model', ...names])));
  return new TextEncoder().encode(`${[header.map(cell).join(','), ...lines].join('\n')}\n`);
}

const CLASSES = ['p_down', 'p_neutral', 'p_up'];

function line(record: ForecastRecord, row: number, isDaily: boolean, names: readonly string[]): string {
  const time = new Date(record.openTimeMs[row]).toISOString();
  const probabilities = names.flatMap((name) => {
    const forecast = forecastOf(record, name);
    return [0, 1, 2].map((k) => (forecast === undefined ? '' : String(forecast.probabilities[3 * row + k])));
  });
  const number = (value: number): string => (Number.isNaN(value) ? '' : String(value));
  return [cell(record.symbols[record.symbolIndex[row]]), isDaily ? time.slice(0, 10) : time.replace('.000Z', 'Z'), record.fold[row], record.labels[row], number(record.barrier[row]), number(record.volatility[row]), ...probabilities].join(',');
}

/** Symbols come from file names and may hold anything. */
const cell = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
