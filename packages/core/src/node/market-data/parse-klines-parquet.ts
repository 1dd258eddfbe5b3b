// Reads klines from a Parquet file of any writer, by the names of its columns.
import { gunzipSync, brotliDecompressSync } from 'node:zlib';
import { type Compressors, type DecodedArray, type FileMetaData, parquetMetadata, parquetRead, type SchemaElement, snappyUncompress } from 'hyparquet';
import { isForecastLabError } from '../../errors.js';
import { completeKlines } from '../../klines/complete-klines.js';
import { COLUMN_NAMES, matchHeader, OPTIONAL_COLUMNS } from '../../klines/csv-columns.js';
import { outOfBounds } from '../../klines/kline-bounds.js';
import { MAX_ROWS } from '../../klines/kline-builder.js';
import { createKlines, type KlineColumn, KLINE_COLUMNS, type Klines } from '../../klines/klines.js';
import type { ParsedKlines, ParseKlinesOptions, TimeUnit } from '../../klines/parsed-klines.js';
import { refuseFile } from '../../klines/refuse-file.js';
import { mergeUnits, toMilliseconds, unitOfTime } from '../../klines/time-unit.js';
import { checkParquetPages } from './check-parquet-pages.js';

const AGAIN_HINT = 'Get the file again, or write it anew with the columns open_time_ms, open, high, low, close, volume, close_time_ms, quote_asset_volume, number_of_trades, taker_buy_base_asset_volume and taker_buy_quote_asset_volume.';
const REQUIRED: readonly KlineColumn[] = ['openTimeMs', 'open', 'high', 'low', 'close', 'volume'];
/** No page of a column is larger: 16 million values. */
const MAX_PAGE_BYTES = 2 ** 27;
/** The best that snappy can do is 64 bytes out of two, rounded up. */
const SNAPPY_RATIO = 64;

/** Times become numbers of milliseconds, not dates. */
const PARSERS = {
  timestampFromMilliseconds: (ms: bigint) => Number(ms),
  timestampFromMicroseconds: (us: bigint) => Math.floor(Number(us) / 1000),
  timestampFromNanoseconds: (ns: bigint) => Math.floor(Number(ns / 1000n) / 1000),
  dateFromDays: (days: number) => days * 86_400_000,
} as unknown as NonNullable<Parameters<typeof parquetRead>[0]['parsers']>;

const COMPRESSORS: Compressors = {
  SNAPPY: (input, outputLength) => {
    checkPageSize(outputLength, input.length * SNAPPY_RATIO + SNAPPY_RATIO);
    const output = new Uint8Array(outputLength);
    snappyUncompress(input, output);
    return output;
  },
  GZIP: (input, outputLength) => gunzipSync(input, { maxOutputLength: checkPageSize(outputLength, MAX_PAGE_BYTES) }),
  BROTLI: (input, outputLength) => brotliDecompressSync(input, { maxOutputLength: checkPageSize(outputLength, MAX_PAGE_BYTES) }),
};

function checkPageSize(bytes: number, most: number): number {
  if (!(bytes >= 0 && bytes <= Math.min(most, MAX_PAGE_BYTES))) throw new Error(`a page of ${bytes} bytes`);
  return Math.max(bytes, 1);
}

/**
 * The bars of a Parquet file, in the file's order.
 * @throws BAD_FILE naming the file, the row where there is one, and a way out
 */
export async function parseKlinesParquet(bytes: Uint8Array, options: ParseKlinesOptions): Promise<ParsedKlines> {
  const file = openParquet(bytes, options.fileName);
  const klines = createKlines(file.rows);
  const timeUnit = await file.readInto(klines, 0);
  return completeKlines(klines, { ...options, format: 'parquet', timeUnit, firstRow: 1, ignoredColumns: file.ignored });
}

/** A Parquet file whose columns are known. */
export interface ParquetFile {
  readonly rows: number;
  readonly ignored: readonly string[];
  /** Writes the bars into rows `at` and on. Columns that the file does not have become NaN. */
  readInto(target: Klines, at: number): Promise<TimeUnit>;
}

/** @throws BAD_FILE when the file is not Parquet, or lacks a column */
export function openParquet(bytes: Uint8Array, fileName: string): ParquetFile {
  const metadata = refusing(fileName, () => readMetadata(bytes));
  const leaves = metadata.schema.filter(({ num_children: children }, i) => i > 0 && !children);
  const { positions, ignored, repeated } = matchHeader(leaves.map(({ name }) => name));
  if (repeated.length > 0) throw refuseFile(fileName, undefined, `the file has several columns ${repeated[0]}`, 'A file with several symbols must be split into one file for each.');
  const missing = REQUIRED.filter((column) => !positions.has(column));
  if (missing.length > 0) {
    throw refuseFile(fileName, undefined, `the file lacks a column for ${missing.map((column) => COLUMN_NAMES[column].slice(0, 3).join(' or ')).join(', ')}. Its columns are ${leaves.map(({ name }) => name).join(', ').slice(0, 300)}`, AGAIN_HINT);
  }
  const rows = Number(metadata.num_rows);
  if (rows === 0) throw refuseFile(fileName, undefined, 'the file has no bar', 'Get the klines again: forecastlab-train data update.');
  if (!(rows <= MAX_ROWS)) throw refuseFile(fileName, undefined, `the file has more than ${MAX_ROWS} rows`, 'Split the file by month or year.');
  const columns = new Map([...positions].map(([column, position]) => [leaves[position].name, { column, element: leaves[position] }]));
  return {
    rows,
    ignored: ignored.filter((name) => name !== 'timestamp'),
    readInto: async (target, at) => {
      const times = new TimeReader();
      for (const column of KLINE_COLUMNS) if (!positions.has(column)) target[column].fill(Number.NaN, at, at + rows);
      await readGroups(bytes, metadata, columns, fileName, (name, values, row) => {
        const { column, element } = columns.get(name) as { column: KlineColumn; element: SchemaElement };
        if (row + values.length > rows) return `the column ${name} has more values than the file has rows`;
        return copyColumn(target[column], values, at + row, row, { name, column, times: column === 'openTimeMs' || column === 'closeTimeMs' ? times : undefined, isTimestamp: isTimestamp(element) });
      });
      return times.unit ?? 'ms';
    },
  };
}

function readMetadata(bytes: Uint8Array): FileMetaData {
  const metadata = parquetMetadata(bytes, { geoparquet: false });
  const groupRows = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  if (groupRows !== Number(metadata.num_rows)) throw new Error(`its row groups have ${groupRows} rows and not ${metadata.num_rows}`);
  return metadata;
}

/** One row group after the other, so that no more than one is unpacked at a time. */
async function readGroups(
  bytes: Uint8Array,
  metadata: FileMetaData,
  columns: ReadonlyMap<string, unknown>,
  fileName: string,
  take: (name: string, values: DecodedArray, row: number) => string | RowProblem | undefined,
): Promise<void> {
  const file = { byteLength: bytes.byteLength, slice: (start: number, end = bytes.byteLength) => new Uint8Array(bytes.subarray(start, end)).buffer };
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    let problem: string | RowProblem | undefined;
    const filled = new Map<string, number>();
    try {
      checkParquetPages(bytes, metadata, group, new Set(columns.keys()), COMPRESSORS);
      await parquetRead({
        file,
        metadata,
        columns: [...columns.keys()],
        rowStart,
        rowEnd,
        compressors: COMPRESSORS,
        parsers: PARSERS,
        // what is thrown in here would be lost
        onChunk: ({ columnName, columnData, rowStart: row }) => {
          filled.set(columnName, (filled.get(columnName) ?? 0) + columnData.length);
          problem ??= take(columnName, columnData, row);
        },
      });
    } catch (cause) {
      throw unreadable(fileName, cause);
    }
    const short = [...columns.keys()].find((name) => filled.get(name) !== rowEnd - rowStart);
    if (problem === undefined && short !== undefined) problem = `the column ${short} has not one value for each row`;
    if (typeof problem === 'string') throw refuseFile(fileName, undefined, problem, AGAIN_HINT);
    if (problem !== undefined) throw refuseFile(fileName, problem.row + 1, problem.what, 'Correct or delete the row.');
    rowStart = rowEnd;
  }
}

interface RowProblem {
  /** From 0. */
  readonly row: number;
  readonly what: string;
}

interface ColumnFacts {
  readonly name: string;
  readonly column: KlineColumn;
  readonly times: TimeReader | undefined;
  /** The values are milliseconds already. */
  readonly isTimestamp: boolean;
}

/** Copies values of any number type; the first that is no value of a kline is told. */
function copyColumn(target: Float64Array, values: DecodedArray, at: number, firstRow: number, { name, column, times, isTimestamp: isMilliseconds }: ColumnFacts): RowProblem | undefined {
  const numbers = values instanceof BigInt64Array || values instanceof BigUint64Array ? toNumbers(values) : (values as ArrayLike<unknown>);
  const mayBeMissing = OPTIONAL_COLUMNS.includes(column) || column === 'closeTimeMs';
  for (let i = 0; i < numbers.length; i += 1) {
    const found = numbers[i];
    let value = typeof found === 'number' ? found : found === null || found === undefined ? Number.NaN : typeof found === 'bigint' ? Number(found) : undefined;
    if (value === undefined) return { row: firstRow + i, what: `${name} is not a number. Got ${JSON.stringify(String(found).slice(0, 40))}` };
    if (value !== value) {
      if (!mayBeMissing) return { row: firstRow + i, what: `the cell of ${name} is empty` };
    } else {
      if (times !== undefined && !isMilliseconds) value = times.milliseconds(value);
      if (!(times === undefined && value > 0 && value < 1e15)) {
        const wrong = outOfBounds(column, value);
        if (wrong !== undefined) return { row: firstRow + i, what: `${name} ${wrong}. Got ${String(found)}` };
        if (value === 0) value = 0; // no negative zero
      }
    }
    target[at + i] = value;
  }
  return undefined;
}

/** Without a BigInt for each value: the two halves of 64 bits as numbers. */
function toNumbers(values: BigInt64Array | BigUint64Array): Float64Array {
  const numbers = new Float64Array(values.length);
  const halves = new DataView(values.buffer, values.byteOffset, values.byteLength);
  const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
  for (let i = 0; i < numbers.length; i += 1) {
    const low = halves.getUint32(8 * i + (isLittleEndian ? 0 : 4), isLittleEndian);
    const high = halves.getInt32(8 * i + (isLittleEndian ? 4 : 0), isLittleEndian);
    numbers[i] = high * 4_294_967_296 + low;
  }
  return numbers;
}

/** Counts of seconds, milliseconds or microseconds, told by their size; NaN for what is none. */
class TimeReader {
  unit: TimeUnit | undefined;

  milliseconds(count: number): number {
    const unit = unitOfTime(count);
    const merged = unit === undefined ? undefined : mergeUnits(this.unit, unit);
    if (unit === undefined || merged === undefined) return Number.NaN;
    this.unit = merged;
    return toMilliseconds(count, unit);
  }
}

function isTimestamp({ converted_type: converted, logical_type: logical, type }: SchemaElement): boolean {
  return type === 'INT96' || converted === 'DATE' || converted === 'TIMESTAMP_MILLIS' || converted === 'TIMESTAMP_MICROS' || logical?.type === 'TIMESTAMP' || logical?.type === 'DATE';
}

function refusing<T>(fileName: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw unreadable(fileName, cause);
  }
}

function unreadable(fileName: string, cause: unknown): unknown {
  if (isForecastLabError(cause)) return cause;
  const refusal = refuseFile(fileName, undefined, `the file cannot be read as Parquet: ${cause instanceof Error ? cause.message : String(cause)}`, AGAIN_HINT);
  return Object.assign(refusal, { cause });
}
