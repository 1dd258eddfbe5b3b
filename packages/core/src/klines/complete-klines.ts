// The last step of reading any format: find the bar length, and give bars without a close time the one that it implies.
import { inferInterval } from './infer-interval.js';
import { nextOpenTime, parseInterval } from './interval.js';
import type { Klines } from './klines.js';
import type { KlineFormat, ParsedKlines, ParseKlinesOptions, TimeUnit } from './parsed-klines.js';
import { OPTIONAL_COLUMNS } from './csv-columns.js';
import { refuseFile } from './refuse-file.js';

/** The parsed file, from its raw columns. Fills missing close times in place. */
export function completeKlines(
  klines: Klines,
  facts: ParseKlinesOptions & { readonly format: KlineFormat; readonly timeUnit: TimeUnit; readonly firstRow: number; readonly ignoredColumns: readonly string[] },
): ParsedKlines {
  const { openTimeMs, closeTimeMs } = klines;
  const early = closeTimeMs.findIndex((time, i) => time < openTimeMs[i]);
  if (early >= 0) throw refuseFile(facts.fileName, facts.firstRow + early, 'the close time lies before the open time', 'Correct or delete the row.');
  const interval = facts.interval === undefined ? inferInterval(openTimeMs, closeTimeMs) : parseInterval(facts.interval);
  if (interval === undefined) {
    throw refuseFile(facts.fileName, undefined, 'the bars follow no known interval (1s to 1M)', 'ForecastLab needs bars of one time length; for a file with a single bar, say which: interval.');
  }
  for (let i = 0; i < openTimeMs.length; i += 1) {
    if (closeTimeMs[i] !== closeTimeMs[i]) closeTimeMs[i] = nextOpenTime(interval, openTimeMs[i]) - 1;
  }
  return {
    fileName: facts.fileName,
    klines,
    format: facts.format,
    timeUnit: facts.timeUnit,
    interval: interval.name,
    intervalMs: interval.ms,
    hasOrderFlow: openTimeMs.length > 0 && OPTIONAL_COLUMNS.every((column) => klines[column].some((value) => value === value)),
    firstRow: facts.firstRow,
    ignoredColumns: facts.ignoredColumns,
  };
}
