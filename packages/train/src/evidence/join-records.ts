// Records of single markets as one, in the order of time: what a model for each market says beside one model for all.
import type { ForecastRecord } from '@forecastlab/core';

/** The rows of all records, of the same candidate on different markets; forecasts that all of them have. At least one record. */
export function joinRecords(records: readonly ForecastRecord[]): ForecastRecord {
  const [first] = records;
  const places = records.flatMap((record, part) => Array.from(record.labels.keys(), (row) => ({ part, row, time: record.openTimeMs[row] })));
  places.sort((a, b) => a.time - b.time || a.part - b.part);
  const float = (column: (record: ForecastRecord) => Float64Array): Float64Array => Float64Array.from(places, ({ part, row }) => column(records[part])[row]);
  const symbols = records.flatMap((record) => record.symbols);
  const common = first.forecasts.filter(({ name }) => records.every(({ forecasts }) => forecasts.some((forecast) => forecast.name === name)));
  return {
    candidate: first.candidate,
    T: first.T,
    intervalMs: first.intervalMs,
    symbols,
    symbolIndex: Int32Array.from(places, ({ part, row }) => symbols.indexOf(records[part].symbols[records[part].symbolIndex[row]])),
    openTimeMs: float(({ openTimeMs }) => openTimeMs),
    fold: Int32Array.from(places, ({ part, row }) => records[part].fold[row]),
    labels: Int8Array.from(places, ({ part, row }) => records[part].labels[row]),
    barrier: float(({ barrier }) => barrier),
    volatility: float(({ volatility }) => volatility),
    forecasts: common.map(({ name, role }) => {
      const columns = records.map(({ forecasts }) => forecasts.find((forecast) => forecast.name === name)?.probabilities ?? new Float64Array(0));
      const probabilities = new Float64Array(3 * places.length);
      for (const [i, { part, row }] of places.entries()) probabilities.set(columns[part].subarray(3 * row, 3 * row + 3), 3 * i);
      return { name, role, probabilities };
    }),
  };
}
