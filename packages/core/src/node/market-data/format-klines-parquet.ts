// Klines as one Parquet file that DuckDB, pandas and the like read: https://parquet.apache.org/docs/file-format/
// Snappy over plain doubles, times and counts as differences: of what all readers know, the smallest that is also fast to read.
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import { COLUMN_NAMES, FORECASTLAB_HEADER } from '../../klines/csv-columns.js';
import { type KlineColumn, KLINE_COLUMNS, type Klines } from '../../klines/klines.js';

/** One page for each column of a group, and few groups even for seconds. */
const GROUP_ROWS = 100_000;
const WHOLE_COLUMNS: ReadonlySet<KlineColumn> = new Set<KlineColumn>(['openTimeMs', 'closeTimeMs', 'tradeCount']);

/**
 * The bars under the column names of our CSV: times and counts as INT64 (a count that is missing somewhere makes its column
 * DOUBLE), `timestamp` as a time in UTC, the others DOUBLE; a missing value is NaN. The same bars give the same bytes.
 */
export function formatKlinesParquet(klines: Klines): Uint8Array {
  const columnData = FORECASTLAB_HEADER.split(',').map((name): ColumnSource => {
    const column = name === 'timestamp' ? 'openTimeMs' : KLINE_COLUMNS.find((candidate) => COLUMN_NAMES[candidate][0] === name);
    const values = klines[column ?? 'openTimeMs'];
    const counts = column !== undefined && WHOLE_COLUMNS.has(column) ? toInt64(values) : undefined;
    if (counts === undefined) return { name, data: values, type: 'DOUBLE', encoding: 'PLAIN', nullable: false };
    return { name, data: counts, type: name === 'timestamp' ? 'TIMESTAMP' : 'INT64', encoding: 'DELTA_BINARY_PACKED', nullable: false };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: GROUP_ROWS, createdBy: 'forecastlab' }));
}

/** Undefined when a value is none that a whole number gives back. */
function toInt64(values: Float64Array): BigInt64Array | undefined {
  const whole = new BigInt64Array(values.length);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i];
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) return undefined;
    whole[i] = BigInt(value);
  }
  return whole;
}
