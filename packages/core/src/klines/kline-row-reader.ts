// Reads the rows of a kline CSV, one after the other, from bytes into columns; what cannot be used is refused with file and row.
import type { CellReader } from './cell-reader.js';
import { OPTIONAL_COLUMNS } from './csv-columns.js';
import { outOfBounds } from './kline-bounds.js';
import { KLINE_COLUMNS, type KlineColumn } from './klines.js';
import type { TimeUnit } from './parsed-klines.js';
import type { CsvHeader } from './read-csv-header.js';
import { readIsoTime } from './read-iso-time.js';
import { refuseFile } from './refuse-file.js';
import { mergeUnits, toMilliseconds, unitOfTime } from './time-unit.js';

const CUT_HINT = 'Complete or delete the row; a download that was cut short must be made again.';
const TIME_AGAIN = KLINE_COLUMNS.length; // target of our own `timestamp` column: it must repeat open_time_ms

/** Reads one row after the other. */
export class KlineRowReader {
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

  /** Reads the row at which the reader stands into position `row` of the columns. @throws BAD_FILE; the reader stands anywhere in the row then */
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
