import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { isForecastLabError } from '../../errors.js';
import { generateSampleMarket, SAMPLE_START_MS } from '../../klines/generate-sample-market.js';
import { createKlines, KLINE_COLUMNS, type Klines, sliceKlines } from '../../klines/klines.js';
import { formatKlinesParquet } from './format-klines-parquet.js';
import { parseKlinesParquet } from './parse-klines-parquet.js';

const DAY_MS = 86_400_000;
const FIXTURES = join(import.meta.dirname, '../../../../../tests/fixtures/parquet');
// Written by DuckDB 1.5 and pandas 3.0 (pyarrow 25) from the CSV of these bars; pandas without open and close times but `timestamp`.
const klines = generateSampleMarket({ seed: 1, startMs: SAMPLE_START_MS, endMs: SAMPLE_START_MS + 40 * DAY_MS });
const parse = (bytes: Uint8Array, options: { interval?: string } = {}): ReturnType<typeof parseKlinesParquet> => parseKlinesParquet(bytes, { fileName: 'bars.parquet', ...options });
const bits = (bars: Klines): Record<string, BigUint64Array> => Object.fromEntries(KLINE_COLUMNS.map((column) => [column, BigUint64Array.from(new BigUint64Array(bars[column].buffer, bars[column].byteOffset, bars[column].length))]));

/** A file as other writers make it. */
function write(change: (columns: Record<string, ColumnSource>) => void = () => undefined, options: object = {}): Uint8Array {
  const columns: Record<string, ColumnSource> = {
    open_time_ms: { name: 'open_time_ms', data: BigInt64Array.from(klines.openTimeMs, BigInt), type: 'INT64' },
    ...Object.fromEntries((['open', 'high', 'low', 'close', 'volume'] as const).map((name) => [name, { name, data: Array.from(klines[name]), type: 'DOUBLE' }])),
  };
  change(columns);
  return new Uint8Array(parquetWriteBuffer({ columnData: Object.values(columns), ...options }));
}

describe('klines as Parquet', () => {
  it('come back with the same bits, missing values too', async () => {
    const price = fc.double({ min: 1e-8, max: 1e14, noNaN: true });
    const volume = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e23, noNaN: true }));
    const missing = fc.oneof(volume, fc.constant(Number.NaN));
    const bars = fc.array(fc.tuple(price, price, price, price, volume, missing, fc.oneof(fc.nat(), fc.constant(Number.NaN)), missing, missing), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(bars, fc.boolean(), async (rows, isWithoutFlow) => {
        const made = createKlines(rows.length);
        rows.forEach((values, row) => {
          made.openTimeMs[row] = SAMPLE_START_MS + row * DAY_MS;
          made.closeTimeMs[row] = made.openTimeMs[row] + DAY_MS - 1;
          (['open', 'high', 'low', 'close', 'volume', 'quoteVolume', 'tradeCount', 'takerBuyBase', 'takerBuyQuote'] as const).forEach((column, i) => {
            made[column][row] = isWithoutFlow && i > 4 ? Number.NaN : values[i];
          });
        });
        const bytes = formatKlinesParquet(made);
        const parsed = await parse(bytes);
        expect(bits(parsed.klines)).toEqual(bits(made));
        expect(parsed).toMatchObject({ format: 'parquet', timeUnit: 'ms', interval: '1d', firstRow: 1, ignoredColumns: [] });
        expect(formatKlinesParquet(made)).toEqual(bytes);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('come back over several row groups', async () => {
    const rows = 250_001;
    const made = createKlines(rows);
    for (const column of KLINE_COLUMNS) for (let row = 0; row < rows; row += 1) made[column][row] = (row % 977) + 1;
    for (let row = 0; row < rows; row += 1) [made.openTimeMs[row], made.closeTimeMs[row]] = [SAMPLE_START_MS + row * 1000, SAMPLE_START_MS + row * 1000 + 999];
    const parsed = await parse(formatKlinesParquet(made));
    for (const column of KLINE_COLUMNS) expect(Buffer.compare(Buffer.from(parsed.klines[column].buffer), Buffer.from(made[column].buffer))).toBe(0);
  });

  it.each(['duckdb.parquet', 'pandas.parquet'])('are read as %s', async (name) => {
    const parsed = await parse(readFileSync(join(FIXTURES, name)));
    expect(parsed.klines).toEqual(klines);
  });

  it('are read with other types, codecs and names', async () => {
    const plain = (await parse(write())).klines;
    expect(plain.open).toEqual(klines.open);
    expect(plain.closeTimeMs).toEqual(klines.closeTimeMs);
    expect(plain.takerBuyBase.every(Number.isNaN)).toBe(true);
    const files = [
      write((columns) => (columns['open_time_ms'] = { name: 'Open time', data: BigInt64Array.from(klines.openTimeMs, (ms) => BigInt(ms) * 1000n), type: 'INT64' })),
      write((columns) => (columns['open_time_ms'] = { name: 'date', data: Array.from(klines.openTimeMs, (ms) => new Date(ms)), type: 'TIMESTAMP' })),
      write((columns) => (columns['open_time_ms'] = { name: 'open_time', data: Array.from(klines.openTimeMs), type: 'DOUBLE' })),
      write((columns) => (columns['open_time_ms'] = { name: 'time', data: Int32Array.from(klines.openTimeMs, (ms) => ms / 1000), type: 'INT32' })),
      write((columns) => (columns['close'] = { ...(columns['close'] as ColumnSource), encoding: 'RLE_DICTIONARY' }), { rowGroupSize: 7 }),
      write((columns) => (columns['close'] = { ...(columns['close'] as ColumnSource), encoding: 'BYTE_STREAM_SPLIT' }), { codec: 'GZIP', compressors: { GZIP: (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes)) } }),
      write(() => undefined, { codec: 'UNCOMPRESSED' }),
    ];
    for (const file of files) expect((await parse(file)).klines).toEqual(plain);
    expect((await parse(write((columns) => (columns['note'] = { name: 'note', data: klines.open, type: 'DOUBLE' })))).ignoredColumns).toEqual(['note']);
  });

  it('name column and row of what is no kline', async () => {
    const changed = (column: string, row: number, value: unknown) => write((columns) => ((columns[column] as { data: unknown[] }).data = Array.from((columns[column] as ColumnSource).data as ArrayLike<unknown>, (old, i) => (i === row ? value : old))));
    await expect(parse(changed('high', 3, -1))).rejects.toMatchObject({ code: 'BAD_FILE', message: 'bars.parquet, row 4: high must be above 0. Got -1' });
    await expect(parse(changed('low', 0, null))).rejects.toMatchObject({ message: 'bars.parquet, row 1: the cell of low is empty' });
    await expect(parse(changed('volume', 2, Number.POSITIVE_INFINITY))).rejects.toThrow('row 3: volume is not finite');
    await expect(parse(changed('open_time_ms', 5, 10n ** 18n))).rejects.toThrow('row 6: open_time_ms is no time');
    await expect(parse(write((columns) => delete columns['volume']))).rejects.toThrow('lacks a column for volume');
    await expect(parse(write((columns) => (columns['open'] = { name: 'open', data: Array.from(klines.open, String), type: 'STRING' })))).rejects.toThrow('open is not one of numbers');
    await expect(parse(write((columns) => (columns['two'] = { name: 'Open', data: klines.open, type: 'DOUBLE' })))).rejects.toThrow('several columns open');
    for (const bytes of [new Uint8Array(0), Buffer.from('PAR1'), Buffer.from('PAR1PAR1'), Buffer.from('a,b\n1,2\n'), write().subarray(0, 900)]) await expect(parse(bytes)).rejects.toMatchObject({ code: 'BAD_FILE' });
  });

  it('refuse a few bytes that claim millions of values', async () => {
    const file = write((columns) => (columns['close'] = { name: 'close', data: Float64Array.from(klines.close, (_, row) => (row < 20 ? 1 : 2)), type: 'DOUBLE', encoding: 'RLE_DICTIONARY', nullable: false }), { codec: 'UNCOMPRESSED' });
    const runs = Buffer.from(file.buffer).indexOf(Buffer.of(1, 40, 0, 40, 1)); // 20 times 0, 20 times 1, in one bit
    expect(runs).toBeGreaterThan(0);
    file.set([1, 0xfe, 0xff, 0xff, 0x7f], runs);
    await expect(parse(file)).rejects.toThrow('a run of 134217727 values where 40 are left');
  });

  it('refuse hostile bytes, whichever they are', async () => {
    const files = [write(), write((columns) => (columns['close'] = { ...(columns['close'] as ColumnSource), encoding: 'RLE_DICTIONARY' })), formatKlinesParquet(sliceKlines(klines, 0, 20)), new Uint8Array(readFileSync(join(FIXTURES, 'duckdb.parquet')))];
    const change = fc.record({ file: fc.nat(files.length - 1), at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), isFooter: fc.boolean(), bytes: fc.uint8Array({ minLength: 1, maxLength: 6 }) });
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(change, async ({ file, at, isFooter, bytes }) => {
        const hostile = files[file].slice();
        const start = isFooter ? hostile.length - 8 - new DataView(hostile.buffer).getUint32(hostile.length - 8, true) : 0;
        hostile.set(bytes.subarray(0, hostile.length - start), Math.min(hostile.length - bytes.length, start + Math.floor(at * (hostile.length - start))));
        await parse(hostile).catch((error: unknown) => {
          refused += 1;
          if (!isForecastLabError(error) || error.code !== 'BAD_FILE') throw error;
        });
      }),
      { numRuns: 2000, seed: 2 },
    );
    expect(refused).toBeGreaterThan(500);
  });
});
