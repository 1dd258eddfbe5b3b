// The order of bars by open time, for files whose rows are not in order or repeat.
import { type Klines, klineCount, KLINE_COLUMNS } from './klines.js';

export interface RowOrder {
  /** Rows by open time; rows of one open time in the file's order, of which the last counts. */
  readonly sorted: Uint32Array;
  /** The last row of each open time, ascending by time. */
  readonly unique: Uint32Array;
  /** Rows that repeat the row of the same open time before them, value for value. */
  readonly duplicates: readonly number[];
  /** Rows that repeat an open time with other values. */
  readonly restated: readonly number[];
  /** True when the file is in order without repetition: `unique` is then 0, 1, 2 … */
  readonly isOrdered: boolean;
}

/** Sorts rows by open time and finds those that repeat one. */
export function orderRows(klines: Klines): RowOrder {
  const { openTimeMs } = klines;
  const count = klineCount(klines);
  const sorted = new Uint32Array(count);
  for (let row = 0; row < count; row += 1) sorted[row] = row;
  let isAscending = true;
  for (let row = 1; row < count && isAscending; row += 1) isAscending = openTimeMs[row] > openTimeMs[row - 1];
  if (isAscending) return { sorted, unique: sorted, duplicates: [], restated: [], isOrdered: true };
  sorted.sort((a, b) => openTimeMs[a] - openTimeMs[b] || a - b);
  const unique: number[] = [];
  const duplicates: number[] = [];
  const restated: number[] = [];
  sorted.forEach((row, i) => {
    const before = sorted[i - 1];
    if (i > 0 && openTimeMs[before] === openTimeMs[row]) {
      (isSameBar(klines, before, row) ? duplicates : restated).push(row);
      unique.pop();
    }
    unique.push(row);
  });
  return { sorted, unique: Uint32Array.from(unique), duplicates: duplicates.sort(ascending), restated: restated.sort(ascending), isOrdered: false };
}

function isSameBar(klines: Klines, a: number, b: number): boolean {
  return KLINE_COLUMNS.every((column) => Object.is(klines[column][a], klines[column][b]));
}

function ascending(a: number, b: number): number {
  return a - b;
}
