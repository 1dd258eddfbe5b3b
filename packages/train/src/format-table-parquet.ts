// The training table as Parquet (https://parquet.apache.org), written by hyparquet-writer: doubles, 64-bit integers, null where undefined.
import type { TableColumn } from '@forecastlab/core';
import { parquetWriteBuffer } from 'hyparquet-writer';

/** The bytes of a Parquet file with these columns; undefined values are null. */
export function formatTableParquet(columns: readonly TableColumn[]): Uint8Array {
  const columnData = columns.map(({ name, values, isInteger }) => {
    const data: (number | bigint | null)[] = Array.from(values, (value) => {
      if (Number.isNaN(value)) return null;
      return isInteger ? BigInt(value) : value;
    });
    return { name, data, type: isInteger ? ('INT64' as const) : ('DOUBLE' as const), nullable: true };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: 'ForecastLab' }));
}
