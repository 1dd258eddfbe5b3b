// A record that contradicts itself must not become evidence.
import { ForecastLabError } from '../../errors.js';
import { forecastOf } from './forecast-record.js';
import type { ForecastRecord, RecordedForecast } from './forecast-record.js';

/**
 * The forecasts that every record must hold.
 * Throws BAD_DATA when columns disagree in length, are empty, times fall, a label or market does not exist, or `model` or `class-shares` is missing.
 */
export function checkRecord(record: ForecastRecord): { readonly model: RecordedForecast; readonly classShares: RecordedForecast } {
  const { candidate, labels, symbols, symbolIndex, openTimeMs, fold, barrier, volatility, forecasts } = record;
  const rows = labels.length;
  if (rows === 0) throw wrong(candidate, 'has no rows');
  for (const [name, column] of Object.entries({ symbolIndex, openTimeMs, fold, barrier, volatility })) {
    if (column.length !== rows) throw wrong(candidate, `has ${rows} labels but ${column.length} values of ${name}`);
  }
  for (const { name, probabilities } of forecasts) {
    if (probabilities.length !== 3 * rows) throw wrong(candidate, `has ${rows} rows but ${probabilities.length} probabilities of ${name}, not three a row`);
  }
  for (let row = 0; row < rows; row += 1) {
    if (![-1, 0, 1].includes(labels[row])) throw wrong(candidate, `has the label ${labels[row]} in row ${row}, not -1, 0 or 1`);
    if (symbols[symbolIndex[row]] === undefined) throw wrong(candidate, `names market ${symbolIndex[row]} in row ${row}, of ${symbols.length}`);
    if (!(openTimeMs[row] >= openTimeMs[Math.max(0, row - 1)])) throw wrong(candidate, `has times that fall: ${openTimeMs[row]} in row ${row}`);
  }
  const [model, classShares] = ['model', 'class-shares'].map((name) => forecastOf(record, name));
  if (model === undefined) throw wrong(candidate, 'has no forecast named model');
  if (classShares === undefined) throw wrong(candidate, 'has no forecast named class-shares');
  return { model, classShares };
}

function wrong(candidate: string, what: string): ForecastLabError {
  return new ForecastLabError('BAD_DATA', `The forecast record of ${candidate} ${what}.`);
}
