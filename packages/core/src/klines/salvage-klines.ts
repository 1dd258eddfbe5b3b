// Takes what can still be read from a CSV of ours that can no longer be parsed: cut short, with garbage in the middle, its head
// gone. A row counts when it is whole and says its open time twice alike; a repair then fetches the rest.
import { encodeUtf8 } from '../bytes/utf8.js';
import { CellReader } from './cell-reader.js';
import { FORECASTLAB_HEADER } from './csv-columns.js';
import { createKlineBuilder, MAX_ROWS } from './kline-builder.js';
import { KlineRowReader } from './kline-row-reader.js';
import { type Klines, takeKlines } from './klines.js';
import { type CsvHeader, readCsvHeader } from './read-csv-header.js';
import { orderRows } from './row-order.js';

/** What was saved, and what was not. */
export interface SalvagedKlines {
  /** Oldest first, one per open time: where rows repeat one, the last counts. */
  readonly klines: Klines;
  /** Lines that could not be read. */
  readonly lostLines: number;
  /** What was lost, one sentence; '' when nothing was. */
  readonly lost: string;
}

const LINE_FEED = 10;
const LEAST_ROW_BYTES = 60;
const RANGES_SHOWN = 5;
const MAX_SHOWN_REASON = 200;
const HEADER = encodeUtf8(`${FORECASTLAB_HEADER}\n`);
const NO_ROW = new Error('it does not begin with a time');
const CLOSE_TIME = 6; // position of closeTimeMs in KLINE_COLUMNS

/**
 * The readable rows of a damaged CSV in ForecastLab's own format. Reads any bytes and throws for none of them.
 * @example salvageKlines(bytes, { fileName }).lost // 'Of bars.csv, 1 line could not be read: line 14 (close is not a number. Got "x").'
 */
export function salvageKlines(bytes: Uint8Array, options: { readonly fileName: string }): SalvagedKlines {
  const { fileName } = options;
  // a last line without its end may lack digits of its last cell and still look whole
  const end = bytes.lastIndexOf(LINE_FEED) + 1;
  const reader = new CellReader(bytes.subarray(0, end), 0);
  const builder = createKlineBuilder(Math.min(MAX_ROWS, Math.ceil(end / LEAST_ROW_BYTES) + 1));
  const lost = new LostLines();
  let line = skipHeader(bytes.subarray(0, end)) ? 2 : 1;
  if (line === 2) moveToNextLine(reader);
  const row = new KlineRowReader(reader, ourHeader(), fileName);
  let rows = 0;
  for (; !reader.atEnd() && rows < builder.capacity; line += 1) {
    const start = reader.position;
    const unit = row.timeUnit;
    try {
      if (!beginsWithYear(reader)) throw NO_ROW;
      row.read(builder.columns, rows);
      if (reader.bytes[reader.position - 1] !== LINE_FEED) throw new Error('it ends without a line feed');
      if (builder.columns[CLOSE_TIME][rows] < builder.columns[0][rows]) throw new Error('the close time lies before the open time');
      rows += 1;
    } catch (error) {
      row.timeUnit = unit;
      reader.position = start;
      moveToNextLine(reader);
      lost.add(line, error instanceof Error ? error.message : String(error));
    }
  }
  if (!reader.atEnd()) lost.add(line, `more than ${builder.capacity} rows`);
  if (end < bytes.length) lost.add(line, 'it is cut: the file ends in it');
  const klines = builder.finish(rows);
  const order = orderRows(klines);
  return { klines: order.isOrdered ? klines : takeKlines(klines, order.unique), lostLines: lost.count, lost: lost.describe(fileName) };
}

/** True when the file begins with our header. */
function skipHeader(bytes: Uint8Array): boolean {
  return HEADER.slice(0, -1).every((byte, i) => bytes[i] === byte) && (bytes[HEADER.length - 1] === LINE_FEED || bytes[HEADER.length - 1] === 13);
}

/** `2018-`: tells most garbage at once, without the cost of an error for each line. */
function beginsWithYear({ bytes, position }: CellReader): boolean {
  const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;
  return isDigit(bytes[position]) && isDigit(bytes[position + 1]) && isDigit(bytes[position + 2]) && isDigit(bytes[position + 3]) && bytes[position + 4] === 45;
}

/** The header is known: a file whose own was destroyed can still be read. */
function ourHeader(): CsvHeader {
  return readCsvHeader(new CellReader(HEADER, 0), '');
}

function moveToNextLine(reader: CellReader): void {
  const next = reader.bytes.indexOf(LINE_FEED, reader.position);
  reader.position = next < 0 ? reader.bytes.length : next + 1;
}

/** Lines that could not be read, as ranges, with the reason of the first of each. */
class LostLines {
  count = 0;
  private readonly ranges: { readonly from: number; to: number; readonly reason: string }[] = [];

  add(line: number, reason: string): void {
    this.count += 1;
    const last = this.ranges.at(-1);
    if (last !== undefined && last.to === line - 1) last.to = line;
    else this.ranges.push({ from: line, to: line, reason: reason.replace(/^.*?, row \d+: /, '').slice(0, MAX_SHOWN_REASON) });
  }

  describe(fileName: string): string {
    if (this.count === 0) return '';
    const shown = this.ranges.slice(0, RANGES_SHOWN).map(({ from, to, reason }) => `${from === to ? `line ${from}` : `lines ${from} to ${to}`} (${reason})`);
    const more = this.ranges.length > shown.length ? `; … and ${this.ranges.length - shown.length} more places` : '';
    return `Of ${fileName}, ${this.count === 1 ? '1 line' : `${this.count} lines`} could not be read: ${shown.join('; ')}${more}.`;
  }
}
