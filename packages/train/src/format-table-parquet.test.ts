import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { expect, it } from 'vitest';
import { formatTableParquet } from './format-table-parquet.js';

it('gives every double back to another reader, and null where undefined', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.double({ noDefaultInfinity: true }), { minLength: 1, maxLength: 50 }), async (values) => {
      const times = values.map((_, i) => 1_700_000_000_000 + i);
      const labels = values.map((_, i) => (i % 4 === 3 ? Number.NaN : (i % 4) - 1));
      const bytes = formatTableParquet([
        { name: 'open_time_ms', values: Float64Array.from(times), isInteger: true },
        { name: 'rsi_14', values: Float64Array.from(values), isInteger: false },
        { name: 'label_T21_X8', values: Float64Array.from(labels), isInteger: true },
      ]);
      const rows = await parquetReadObjects({ file: bytes.slice().buffer });
      expect(rows.map((row) => row.open_time_ms)).toEqual(times.map(BigInt));
      expect(rows.map((row) => row.rsi_14)).toEqual(values.map((value) => (Number.isNaN(value) ? null : value)));
      expect(rows.map((row) => row.label_T21_X8)).toEqual(labels.map((value) => (Number.isNaN(value) ? null : BigInt(value))));
    }),
    { numRuns: 50 },
  );
});
