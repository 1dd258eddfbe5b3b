import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { type FileColumn, formatTableCsv } from './format-table-csv.js';
import { formatTableParquet } from './format-table-parquet.js';

const columns = (times: readonly number[], values: readonly number[]): FileColumn[] => [
  { name: 'open_time_ms', values: Float64Array.from(times), isInteger: true },
  { name: 'rsi_14', values: Float64Array.from(values), isInteger: false },
];

describe('table files', () => {
  it('leaves undefined cells empty', () => {
    expect(formatTableCsv(columns([1, 2], [Number.NaN, 0.1 + 0.2]))).toBe('open_time_ms,rsi_14\n1,\n2,0.30000000000000004\n');
  });

  it('gives every double back from CSV and Parquet', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.double({ noDefaultInfinity: true }).map((x) => (Object.is(x, -0) ? 0 : x)), { minLength: 1, maxLength: 50 }), async (values) => {
        const table = columns(values.map((_, i) => 1_700_000_000_000 + i), values);
        const cells = formatTableCsv(table).trimEnd().split('\n').slice(1).map((line) => line.split(',')[1]);
        expect(cells.map((cell) => (cell === '' ? Number.NaN : Number(cell)))).toEqual(values);
        const bytes = formatTableParquet(table);
        const rows = await parquetReadObjects({ file: bytes.slice().buffer });
        expect(rows.map((row) => row.open_time_ms)).toEqual(values.map((_, i) => BigInt(1_700_000_000_000 + i)));
        expect(rows.map((row) => row.rsi_14 ?? Number.NaN)).toEqual(values);
      }),
      { numRuns: 50 },
    );
  });
});
