// Reads klines from an exchange's REST answer: an array of arrays, prices and volumes as strings.
// Source: Binance spot API, GET /api/v3/klines.
import { completeKlines } from './complete-klines.js';
import { DUMP_COLUMNS } from './csv-columns.js';
import { outOfBounds } from './kline-bounds.js';
import { createKlines, type KlineColumn } from './klines.js';
import type { ParsedKlines, ParseKlinesOptions, TimeUnit } from './parsed-klines.js';
import { refuseFile } from './refuse-file.js';
import { mergeUnits, toMilliseconds, unitOfTime } from './time-unit.js';

// One answer holds at most 1000 bars, 200 kB; saved answers put together stay far below this.
const MAX_BYTES = 100_000_000;
const CHUNK = 8192;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * The bars of an exchange's answer, saved as a file. Rows in messages count the bars from 1.
 * An empty answer (`[]`, before a symbol's listing) is refused unless `interval` is given.
 * @throws BAD_FILE naming the file and the row
 */
export function parseKlinesJson(bytes: Uint8Array, options: ParseKlinesOptions): ParsedKlines {
  if (bytes.length > MAX_BYTES) throw refuseFile(options.fileName, undefined, `the file has ${bytes.length} bytes, more than ${MAX_BYTES}`, 'Use CSV for so many bars.');
  let answer: unknown;
  try {
    answer = JSON.parse(asciiText(bytes, options.fileName));
  } catch (cause) {
    if (cause instanceof SyntaxError) throw refuseFile(options.fileName, undefined, `the file is not whole JSON (${cause.message})`, 'A download that was cut short must be made again.');
    throw cause;
  }
  return klinesFromAnswer(answer, options);
}

/** The bars of an exchange's klines answer that was parsed already. `fileName` names the source in messages. */
export function klinesFromAnswer(answer: unknown, options: ParseKlinesOptions): ParsedKlines {
  const { fileName } = options;
  if (!Array.isArray(answer)) throw refuseFile(fileName, undefined, 'the answer is not an array of klines', 'Is it an error message of the exchange? Look into the file.');
  if (answer.length === 0 && options.interval === undefined) throw refuseFile(fileName, undefined, 'the answer holds no bar', 'The exchange has none for this symbol and span: it was not listed yet.');
  const klines = createKlines(answer.length);
  let timeUnit: TimeUnit | undefined;
  answer.forEach((entry: unknown, row) => {
    const refuse = (what: string): Error => refuseFile(fileName, row + 1, what, 'Fetch the klines again.');
    if (!Array.isArray(entry) || entry.length < DUMP_COLUMNS.length || entry.length > DUMP_COLUMNS.length + 1) throw refuse('not an array of 12 fields');
    DUMP_COLUMNS.forEach((column, i) => {
      let value = toNumber(entry[i]);
      if (value === undefined) throw refuse(`${column} is not a number. Got ${describeCell(entry[i])}`);
      if (column === 'openTimeMs' || column === 'closeTimeMs') {
        const unit = unitOfTime(value);
        timeUnit = unit === undefined ? undefined : mergeUnits(timeUnit, unit);
        if (unit === undefined || timeUnit === undefined) throw refuse(`${column} is no time that fits the others. Got ${value}`);
        value = toMilliseconds(value, unit);
      }
      const wrong = outOfBounds(column satisfies KlineColumn, value);
      if (wrong !== undefined) throw refuse(`${column} ${wrong}. Got ${value}`);
      klines[column][row] = value === 0 ? 0 : value;
    });
  });
  return completeKlines(klines, { ...options, format: 'exchange-json', timeUnit: timeUnit ?? 'ms', firstRow: 1, ignoredColumns: [] });
}

function toNumber(field: unknown): number | undefined {
  if (typeof field === 'number') return field;
  return typeof field === 'string' && NUMBER.test(field) ? Number(field) : undefined;
}

/** A cell may hold anything; one that is nested deep enough would overflow the stack of JSON.stringify. */
function describeCell(cell: unknown): string {
  if (typeof cell === 'string') return JSON.stringify(cell.slice(0, 40));
  if (typeof cell === 'object' && cell !== null) return Array.isArray(cell) ? 'an array' : 'an object';
  return String(cell);
}

function asciiText(bytes: Uint8Array, fileName: string): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += CHUNK) {
    const chunk = bytes.subarray(start, start + CHUNK);
    if (chunk.some((byte) => byte > 126 || byte === 0)) throw refuseFile(fileName, undefined, 'the file is no klines answer: it holds other bytes than ASCII text', 'Give an answer of the exchange\'s klines request.');
    text += String.fromCharCode(...chunk);
  }
  return text;
}
