// Bars from rows that the real exchange printed. Their characters are kept: 17 digits would not survive a double.
import type { Bar, BarList } from './bar.js';

/** A row of a klines answer as JSON.parse gives it, or the cells of a dump's line. */
export type RecordedRow = readonly (string | number)[];

/** Rows of a dump's CSV, with or without a header; milliseconds or microseconds. */
export function recordedRowsOfCsv(text: string): RecordedRow[] {
  return text
    .trim()
    .split(/\r?\n/)
    .filter((line) => /^\d/.test(line))
    .map((line) => line.split(','));
}

export function recordedBars(rows: readonly RecordedRow[]): BarList {
  const bars = rows.map(readRow).sort((a, b) => a.openTimeMs - b.openTimeMs);
  return { count: bars.length, openTimeMs: (row) => (bars[row] as Bar).openTimeMs, bar: (row) => bars[row] as Bar };
}

function readRow(row: RecordedRow): Bar {
  const text = (field: number): string => String(row[field] ?? '0');
  return {
    openTimeMs: milliseconds(row[0]),
    open: text(1),
    high: text(2),
    low: text(3),
    close: text(4),
    volume: text(5),
    closeTimeMs: milliseconds(row[6]),
    quoteVolume: text(7),
    trades: Number(row[8]),
    takerBuyBase: text(9),
    takerBuyQuote: text(10),
    ignore: text(11),
  };
}

// Times past 1e14 are microseconds: as milliseconds they would lie in the year 5138.
const milliseconds = (time: string | number | undefined): number => (Number(time) >= 1e14 ? Math.floor(Number(time) / 1000) : Number(time));
