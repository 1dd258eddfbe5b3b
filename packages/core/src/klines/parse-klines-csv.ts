// Reads klines from the bytes of a CSV file in one pass: numbers go from bytes to columns, without a string or object per row.
// Formats: read-csv-header.ts. What cannot be used is refused with file and row; order and repetition stay as they are.
import { CellReader } from './cell-reader.js';
import { OPTIONAL_COLUMNS } from './csv-columns.js';
import { completeKlines } from './complete-klines.js';
import { outOfBounds } from './kline-bounds.js';
import { createKlineBuilder, MAX_ROWS } from './kline-builder.js';
import { KLINE_COLUMNS, type KlineColumn } from './klines.js';
import type { ParsedKlines, ParseKlinesOptions, TimeUnit } from './parsed-klines.js';
import { type CsvHeader, readCsvHeader } from './read-csv-header.js';
import { readIsoTime } from './read-iso-time.js';
import { refuseFile, refuseOtherFormats } from './refuse-file.js';
import { mergeUnits, toMilliseconds, unitOfTime } from './time-unit.js';

// 20 million rows (MAX_ROWS) of about 130 bytes are 2.6 GB; a buffer in Node 20 holds 4 GB.
const MAX_BYTES = 4_000_000_000;
const CUT_HINT = 'Complete or delete the row; a download that was cut short must be made again.';
const USUAL_ROW_BYTES = 110;
const TIME_AGAIN = KLINE_COLUMNS.length; // target of our own `timestamp` column: it must repeat open_time_ms

/**
 * The bars of a CSV file, in the file's order.
 * @example parseKlinesCsv(bytes, { fileName: 'BTCUSDT-1d-2024-01.csv' }).klines.close
 * @throws BAD_FILE naming the file, the row and a way out, for anything that is no usable kline
 */
export function parseKlinesCsv(bytes: Uint8Array, options: ParseKlinesOptions): ParsedKlines {
  const { fileName } = options;
  if (bytes.length > MAX_BYTES) throw refuseFile(fileName, undefined, `the file has ${bytes.length} bytes, more than ${MAX_BYTES}`, 'Split it by month or year.');
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0; // UTF-8 byte-order mark
  refuseOtherFormats(bytes, start, fileName);
  const reader = new CellReader(bytes, start);
  const header = readCsvHeader(reader, fileName);
  const builder = createKlineBuilder(Math.min(MAX_ROWS, Math.ceil(bytes.length / USUAL_ROW_BYTES) + 16));
  const row = new RowReader(reader, header, fileName);
  let rows = 0;
  while (!reader.atEnd()) {
    if (reader.skipBlankLine()) {
      refuseTextAfterBlank(reader, fileName, header.firstRow + rows);
      break;
    }
    if (rows >= MAX_ROWS) throw refuseFile(fileName, header.firstRow + rows, `more than ${MAX_ROWS} rows`, 'Split the file by month or year.');
    if (rows === builder.capacity) builder.grow();
    row.read(builder.columns, rows);
    rows += 1;
  }
  if (rows === 0) throw refuseFile(fileName, header.firstRow, 'the file has a header and no bar', 'Get the klines again: forecastlab-train data update.');
  for (const column of KLINE_COLUMNS) if (!header.positions.has(column)) builder.columns[KLINE_COLUMNS.indexOf(column)].fill(Number.NaN);
  return completeKlines(builder.finish(rows), {
    ...options,
    format: header.format,
    timeUnit: row.timeUnit ?? 'ms',
    firstRow: header.firstRow,
    ignoredColumns: header.ignored,
  });
}

function refuseTextAfterBlank(reader: CellReader, fileName: string, row: number): void {
  while (!reader.atEnd()) if (!reader.skipBlankLine()) throw refuseFile(fileName, row, 'the row is empty, and more rows follow', 'Delete the empty row.');
}

/** Reads one row after the other into columns. */
class RowReader {
  timeUnit: TimeUnit | undefined;
  /** For each cell of a row: the column it goes to, or -1. */
  private readonly targets: Int8Array;

  constructor(
    private readonly reader: CellReader,
    private readonly header: CsvHeader,
    private readonly fileName: string,
  ) {
    this.targets = new Int8Array(header.width).fill(-1);
    for (const [column, position] of header.positions) this.targets[position] = KLINE_COLUMNS.indexOf(column);
    if (header.format === 'forecastlab') this.targets[0] = TIME_AGAIN;
  }

  read(columns: readonly Float64Array[], row: number): void {
    const { reader, targets } = this;
    const width = targets.length;
    let timeAgain = Number.NaN;
    for (let cell = 0; cell < width; cell += 1) {
      if (cell > 0 && !reader.skipComma()) throw this.refuseWidth(row, cell);
      const target = targets[cell];
      if (target < 0) reader.skipCell();
      else if (target === TIME_AGAIN) timeAgain = this.readTime(row, cell);
      else if (target === 0 || target === 6) columns[target][row] = this.readTime(row, cell);
      else columns[target][row] = this.readValue(row, cell, KLINE_COLUMNS[target]);
    }
    if (!reader.skipLineEnd()) throw this.refuseWidth(row, width + 1);
    if (timeAgain === timeAgain && timeAgain !== columns[0][row]) throw this.refuse(row, 'timestamp and open_time_ms are different times', 'Correct the row, or get the klines again.');
  }

  private readValue(row: number, cell: number, column: KlineColumn): number {
    const value = this.reader.readNumber();
    if (value > 0 && value < 1e15) return value; // inside the bounds of every column
    if (value !== value && this.reader.atCellEnd() && OPTIONAL_COLUMNS.includes(column)) return Number.NaN;
    if (value !== value) throw this.refuseCell(row, cell, 'is not a number');
    const wrong = outOfBounds(column, value);
    if (wrong !== undefined) throw this.refuse(row, `${this.header.names[cell]} ${wrong}. Got ${value}`, 'Correct or delete the row.');
    return value === 0 ? 0 : value; // no negative zero
  }

  private readTime(row: number, cell: number): number {
    const { reader } = this;
    const start = reader.position;
    const count = reader.readNumber();
    if (count !== count) return this.readIso(row, cell);
    const unit = unitOfTime(count);
    const merged = unit === undefined ? undefined : mergeUnits(this.timeUnit, unit);
    if (unit === undefined || merged === undefined) {
      reader.position = start;
      throw this.refuseCell(row, cell, this.timeUnit === undefined || unit === undefined ? 'is no time in seconds, milliseconds or microseconds' : `does not fit the file's times (${this.timeUnit})`);
    }
    // `timestamp` of our own files is ISO, the rest of the row counts milliseconds: the latter is what the file is said to use
    this.timeUnit = merged;
    return toMilliseconds(count, unit);
  }

  private readIso(row: number, cell: number): number {
    const { reader } = this;
    const start = reader.position;
    reader.skipCell();
    const isQuoted = reader.bytes[start] === 34;
    const time = readIsoTime(reader.bytes, isQuoted ? start + 1 : start, isQuoted ? reader.position - 1 : reader.position);
    if (time !== time || outOfBounds('openTimeMs', time) !== undefined) {
      reader.position = start;
      throw this.refuseCell(row, cell, 'is no time (ISO 8601, or seconds, milliseconds or microseconds since 1970)');
    }
    if (this.targets[cell] !== TIME_AGAIN) {
      if (this.timeUnit !== undefined && this.timeUnit !== 'iso') throw this.refuse(row, `${this.header.names[cell]} is a date where rows above count time`, 'Write all times in one way.');
      this.timeUnit = 'iso';
    }
    return time;
  }

  private refuseCell(row: number, cell: number, what: string): Error {
    const text = this.reader.readText();
    const name = this.header.names[cell];
    const isCut = this.reader.atEnd() && cell + 1 < this.header.width;
    if (isCut) return this.refuse(row, `the row ends in its cell of ${name} (the file seems cut short)`, CUT_HINT);
    if (text === '') return this.refuse(row, `the cell of ${name} is empty`, CUT_HINT);
    return this.refuse(row, `${name} ${what}. Got ${JSON.stringify(text.slice(0, 40))}`, 'Correct the cell, or delete the row if it is no bar (a header or footer line among the bars).');
  }

  private refuseWidth(row: number, found: number): Error {
    const { width } = this.header;
    const isLast = this.reader.bytes.indexOf(10, this.reader.position) < 0;
    const what = found > width ? `more than ${width} cells, the number of columns` : `${found} cells where ${width} are needed${isLast ? ' (the file seems cut short)' : ''}`;
    return this.refuse(row, what, CUT_HINT);
  }

  private refuse(row: number, what: string, hint: string): Error {
    return refuseFile(this.fileName, this.header.firstRow + row, what, hint);
  }
}
