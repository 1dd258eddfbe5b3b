// Recognises which of the known kinds of kline CSV a file is, from its first lines.
import type { CellReader } from './cell-reader.js';
import { COLUMN_NAMES, type ColumnPositions, DUMP_COLUMNS, FORECASTLAB_HEADER, matchHeader, OPTIONAL_COLUMNS } from './csv-columns.js';
import type { KlineColumn } from './klines.js';
import type { KlineFormat } from './parsed-klines.js';
import { refuseFile } from './refuse-file.js';

/** What the first lines of a CSV tell. */
export interface CsvHeader {
  readonly format: KlineFormat;
  readonly positions: ColumnPositions;
  /** Cells per row. */
  readonly width: number;
  /** Row of the first bar (1-based). */
  readonly firstRow: number;
  readonly ignored: readonly string[];
  /** Names of all cells, for messages. */
  readonly names: readonly string[];
}

// No known file has more than 30 columns; the bound keeps a file without line ends from being taken for one row.
const MAX_CELLS = 200;
const REQUIRED: readonly KlineColumn[] = ['openTimeMs', 'open', 'high', 'low', 'close', 'volume'];
const FORMATS_HINT = `Known are our own header (${FORECASTLAB_HEADER}), exchange dumps of 12 columns without a header, dumps with a header (open_time,open,high,low,close,volume,close_time,…) and daily files with Date,Open,High,Low,Close,Volume.`;

/**
 * Reads the header, if there is one, and leaves the reader at the first bar.
 * @throws BAD_FILE when no known kind of file begins like this
 */
export function readCsvHeader(reader: CellReader, fileName: string): CsvHeader {
  const start = reader.position;
  const cells = readRow(reader, fileName);
  if (/^[+-]?[\d.]/.test(cells[0])) {
    reader.position = start;
    return dumpHeader(cells, fileName);
  }
  const isYfinance = cells[0].toLowerCase() === 'price';
  const titled = isYfinance ? ['date', ...cells.slice(1)] : cells;
  const { positions, ignored, repeated } = matchHeader(titled);
  if (repeated.length > 0) throw refuseFile(fileName, 1, `the header names ${repeated[0]} more than once`, 'A file with several symbols must be split into one file for each.');
  const missing = REQUIRED.filter((column) => !positions.has(column));
  if (missing.length > 0) {
    const names = missing.map((column) => COLUMN_NAMES[column].slice(0, 3).join(' or '));
    throw refuseFile(fileName, 1, `the header lacks a column for ${names.join(', ')}. Its columns are ${cells.join(', ').slice(0, 300)}`, FORMATS_HINT);
  }
  const extraLines = isYfinance ? skipYfinanceLines(reader, fileName) : 0;
  const hasFlow = OPTIONAL_COLUMNS.some((column) => positions.has(column));
  const isOurs = cells.join(',').toLowerCase() === FORECASTLAB_HEADER;
  return {
    format: isOurs ? 'forecastlab' : extraLines > 0 ? 'yfinance' : hasFlow ? 'exchange-csv' : 'ohlcv',
    positions,
    width: cells.length,
    firstRow: 2 + extraLines,
    ignored: isOurs ? [] : ignored,
    names: cells,
  };
}

function dumpHeader(cells: readonly string[], fileName: string): CsvHeader {
  const isDump = cells.length === DUMP_COLUMNS.length || cells.length === DUMP_COLUMNS.length + 1;
  if (!isDump) throw refuseFile(fileName, 1, `the first row is no header, and ${cells.length} columns are not the 12 of an exchange dump`, FORMATS_HINT);
  return {
    format: 'exchange-dump',
    positions: new Map(DUMP_COLUMNS.map((column, position) => [column, position])),
    width: cells.length,
    firstRow: 1,
    ignored: [],
    names: DUMP_COLUMNS,
  };
}

/** yfinance writes `Price,Close,…`, then `Ticker,AAPL,…`, then `Date,,,`; how many lines were skipped. */
function skipYfinanceLines(reader: CellReader, fileName: string): number {
  let skipped = 0;
  for (const first of ['ticker', 'date']) {
    const start = reader.position;
    if (!reader.atEnd() && readRow(reader, fileName)[0].toLowerCase() === first) skipped += 1;
    else reader.position = start;
  }
  return skipped;
}

function readRow(reader: CellReader, fileName: string): string[] {
  const cells = [reader.readText()];
  while (reader.skipComma()) {
    if (cells.length >= MAX_CELLS) throw refuseFile(fileName, 1, `the first row has more than ${MAX_CELLS} cells`, FORMATS_HINT);
    cells.push(reader.readText());
  }
  reader.skipLineEnd();
  return cells;
}
