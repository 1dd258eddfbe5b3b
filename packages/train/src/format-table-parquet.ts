// The training table as Parquet (https://parquet.apache.org), written by hyparquet-writer: doubles, 64-bit times, null where undefined.
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { FileColumn } from './format-table-csv.js';

/** The bytes of a Parquet file with the same columns; undefined values are null. */
export function formatTableParquet(columns: readonly FileColumn[]): Uint8Array {
  const columnData = columns.map(({ name, values, isInteger }) => {
    const data: (number | bigint | null)[] = Array.from(values, (value) => {
      if (Number.isNaN(value)) return null;
      return isInteger ? BigInt(value) : value;
    });
    return { name, data, type: isInteger ? ('INT64' as const) : ('DOUBLE' as const), nullable: true };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: 'ForecastLab' }));
}
