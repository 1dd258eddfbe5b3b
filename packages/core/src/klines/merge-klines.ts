// Joins bars that have just been fetched to bars that are there: by open time, never by position. What is new is taken in, what
// differs is replaced and told, what is equal stays.
import { createKlines, KLINE_COLUMNS, type KlineColumn, type Klines, klineCount, sliceKlines } from './klines.js';
import type { TimeSpan } from './time-spans.js';

/** A bar whose values differ from those that were there. */
export interface ChangedBar {
  readonly openTimeMs: number;
  /** Only the columns that differ; NaN is a missing value. */
  readonly before: Partial<Readonly<Record<KlineColumn, number>>>;
  /** The same columns; empty when the bar was taken away. */
  readonly after: Partial<Readonly<Record<KlineColumn, number>>>;
}

/** Rows of the merged klines, the last exclusive. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

export interface MergedKlines {
  readonly klines: Klines;
  /** Bars that were not there before, as ranges of rows of `klines`. */
  readonly addedRows: readonly RowRange[];
  readonly added: number;
  /** Oldest first. */
  readonly changed: readonly ChangedBar[];
  /** Bars taken away, which are in `changed` too. */
  readonly removed: number;
}

/**
 * The bars of both, oldest first; at the same open time those of `incoming`.
 * @param stored ascending open times without repetition
 * @param incoming the same
 */
export function mergeKlines(
  stored: Klines,
  incoming: Klines,
  options: {
    /** Inside these spans, oldest first and without overlap, `incoming` is all there is: a stored bar that it lacks is taken away. Default: none. */
    readonly wholeSpans?: readonly TimeSpan[];
  } = {},
): MergedKlines {
  const { wholeSpans = [] } = options;
  const before = klineCount(stored);
  const more = klineCount(incoming);
  if (more === 0 && wholeSpans.length === 0) return { klines: stored, addedRows: [], added: 0, changed: [], removed: 0 };
  // the usual case: bars that follow those that are there
  const start = more === 0 ? before : lowerBound(stored.openTimeMs, incoming.openTimeMs[0]);
  if (start === before && wholeSpans.length === 0) return { klines: joinKlines([stored, incoming]), addedRows: [{ from: before, to: before + more }], added: more, changed: [], removed: 0 };

  // bar by bar only where the two meet: a few bars of a series of millions
  const first = Math.min(start, lowerBound(stored.openTimeMs, wholeSpans[0]?.fromMs ?? Infinity));
  const lastMs = Math.max(more === 0 ? -Infinity : incoming.openTimeMs[more - 1], wholeSpans.at(-1)?.toMs ?? -Infinity);
  const end = lowerBound(stored.openTimeMs, lastMs + 1);
  const middle = mergeRows(sliceKlines(stored, first, end), incoming, wholeSpans);
  return {
    ...middle,
    klines: joinKlines([sliceKlines(stored, 0, first), middle.klines, sliceKlines(stored, end)]),
    addedRows: middle.addedRows.map(({ from, to }) => ({ from: from + first, to: to + first })),
  };
}

function mergeRows(stored: Klines, incoming: Klines, wholeSpans: readonly TimeSpan[]): MergedKlines {
  const [before, more] = [klineCount(stored), klineCount(incoming)];
  const merged = new Merger(before + more);
  const isWhole = (timeMs: number): boolean => wholeSpans.some(({ fromMs, toMs }) => timeMs >= fromMs && timeMs < toMs);
  for (let i = 0, j = 0; i < before || j < more; ) {
    const [a, b] = [i < before ? stored.openTimeMs[i] : Infinity, j < more ? incoming.openTimeMs[j] : Infinity];
    if (a < b) {
      if (isWhole(a)) merged.remove(stored, i);
      else merged.keep(stored, i);
    } else if (b < a) {
      merged.add(incoming, j);
    } else {
      merged.replace(stored, i, incoming, j);
    }
    if (a <= b) i += 1;
    if (b <= a) j += 1;
  }
  return merged.finish();
}

/** The bars of all parts, one after the other. */
export function joinKlines(parts: readonly Klines[]): Klines {
  if (parts.length === 1) return parts[0];
  const joined = createKlines(parts.reduce((rows, part) => rows + klineCount(part), 0));
  for (const column of KLINE_COLUMNS) {
    let row = 0;
    for (const part of parts) {
      joined[column].set(part[column], row);
      row += klineCount(part);
    }
  }
  return joined;
}

/** The first position whose value is not below `value`; values ascend. */
export function lowerBound(values: Float64Array, value: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

class Merger {
  private readonly klines: Klines;
  private readonly addedRows: { from: number; to: number }[] = [];
  private readonly changed: ChangedBar[] = [];
  private row = 0;
  private added = 0;
  private removed = 0;

  constructor(capacity: number) {
    this.klines = createKlines(capacity);
  }

  keep(from: Klines, row: number): void {
    for (const column of KLINE_COLUMNS) this.klines[column][this.row] = from[column][row];
    this.row += 1;
  }

  add(from: Klines, row: number): void {
    const last = this.addedRows.at(-1);
    if (last?.to === this.row) last.to += 1;
    else this.addedRows.push({ from: this.row, to: this.row + 1 });
    this.added += 1;
    this.keep(from, row);
  }

  remove(from: Klines, row: number): void {
    const before = Object.fromEntries(KLINE_COLUMNS.map((column) => [column, from[column][row]]));
    this.changed.push({ openTimeMs: from.openTimeMs[row], before, after: {} });
    this.removed += 1;
  }

  replace(old: Klines, oldRow: number, next: Klines, nextRow: number): void {
    const columns = KLINE_COLUMNS.filter((column) => !Object.is(old[column][oldRow], next[column][nextRow]));
    if (columns.length > 0) {
      const valuesOf = (klines: Klines, row: number): ChangedBar['before'] => Object.fromEntries(columns.map((column) => [column, klines[column][row]]));
      this.changed.push({ openTimeMs: next.openTimeMs[nextRow], before: valuesOf(old, oldRow), after: valuesOf(next, nextRow) });
    }
    this.keep(next, nextRow);
  }

  finish(): MergedKlines {
    const klines = this.row === klineCount(this.klines) ? this.klines : sliceKlines(this.klines, 0, this.row);
    return { klines, addedRows: this.addedRows, added: this.added, changed: this.changed, removed: this.removed };
  }
}
