// Rows sorted by a probability and cut into ten: does what follows rise with it?
import type { ForecastRecord } from '../validation/evidence/forecast-record.js';
import type { SignalDecile } from './signal-study.js';

const DECILES = 10;

/** The deciles of P(rise first) for `label` 1, of P(fall first) for -1, over rows with a forward return; empty deciles are left out. */
export function decilesOf(record: ForecastRecord, forwardReturn: Float64Array, label: 1 | -1): SignalDecile[] {
  const { probabilities } = record.forecasts[0];
  const of = (row: number): number => probabilities[3 * row + label + 1];
  const rows = [...record.labels.keys()].filter((row) => !Number.isNaN(forwardReturn[row])).sort((a, b) => of(a) - of(b) || a - b);
  return Array.from({ length: DECILES }, (_, i) => {
    const part = rows.slice(Math.floor((i * rows.length) / DECILES), Math.floor(((i + 1) * rows.length) / DECILES));
    const mean = (valueOf: (row: number) => number): number => part.reduce((sum, row) => sum + valueOf(row), 0) / part.length;
    return { decile: i + 1, rows: part.length, meanProbability: mean(of), hitRate: mean((row) => (record.labels[row] === label ? 1 : 0)), meanForwardReturn: mean((row) => forwardReturn[row]) };
  }).filter((decile) => decile.rows > 0);
}
