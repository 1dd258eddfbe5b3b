// Records of several candidates over the same bars, each row made to agree with the other candidates' rows of the same market and time:
// what a bundle that makes its answers agree would have said.
import type { ForecastRecord } from '../validation/evidence/forecast-record.js';
import { makeConsistent } from './consistent-forecasts.js';

/**
 * The records with the forecast `model` made consistent; everything else is as it was. A row that only one candidate has keeps its
 * probabilities.
 * @example consistentRecords([recordOfT7X6, recordOfT14X8])
 */
export function consistentRecords(records: readonly ForecastRecord[]): readonly ForecastRecord[] {
  const rowsAt = new Map<string, { readonly record: number; readonly row: number }[]>();
  records.forEach(({ symbols, symbolIndex, openTimeMs }, record) => {
    openTimeMs.forEach((time, row) => {
      const key = `${time} ${symbols[symbolIndex[row]]}`;
      const found = rowsAt.get(key);
      if (found === undefined) rowsAt.set(key, [{ record, row }]);
      else found.push({ record, row });
    });
  });
  const changed = records.map(({ forecasts }) => forecasts[0].probabilities.slice());
  for (const rows of rowsAt.values()) {
    if (rows.length < 2) continue;
    const agreed = makeConsistent(
      rows.map(({ record, row }) => {
        const { T, barrier, forecasts } = records[record];
        const [down, neutral, up] = forecasts[0].probabilities.subarray(3 * row, 3 * row + 3);
        return { T, barrier: barrier[row], probabilities: [down, neutral, up] as const };
      }),
    );
    rows.forEach(({ record, row }, i) => changed[record].set(agreed[i], 3 * row));
  }
  return records.map((record, i) => ({ ...record, forecasts: record.forecasts.map((forecast, place) => (place === 0 ? { ...forecast, probabilities: changed[i] } : forecast)) }));
}
