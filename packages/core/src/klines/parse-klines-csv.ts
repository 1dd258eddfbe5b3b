// Reads klines from the bytes of a CSV file in one pass: numbers go from bytes to columns, without a string or object per row.
// Formats: read-csv-header.ts. What cannot be used is refused with file and row; order and repetition stay as they are.
import { CellReader } from './cell-reader.js';
import { completeKlines } from './complete-klines.js';
import { createKlineBuilder, MAX_ROWS } from './kline-builder.js';
import { KlineRowReader } from './kline-row-reader.js';
import { KLINE_COLUMNS } from './klines.js';
import type { ParsedKlines, ParseKlinesOptions } from './parsed-klines.js';
import { readCsvHeader } from './read-csv-header.js';
import { refuseFile, refuseOtherFormats } from './refuse-file.js';

// 20 million rows (MAX_ROWS) of about 130 bytes are 2.6 GB; a buffer in Node 20 holds 4 GB.
const MAX_BYTES = 4_000_000_000;
const USUAL_ROW_BYTES = 110;

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
  const reader = new CellReader(bytes, start, fileName);
  const header = readCsvHeader(reader, fileName);
  const builder = createKlineBuilder(Math.min(MAX_ROWS, Math.ceil(bytes.length / USUAL_ROW_BYTES) + 16));
  const row = new KlineRowReader(reader, header, fileName);
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
