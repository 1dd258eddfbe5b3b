import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeZip } from '../../../../../tests/support/make-zip.js';
import { isForecastLabError } from '../../errors.js';
import { fingerprintKlines } from '../../klines/fingerprint-klines.js';
import { type Klines, klineCount } from '../../klines/klines.js';
import { maxArchiveBytes, readArchive } from './read-archive.js';

const HOUR = 3_600_000;
const FROM = Date.UTC(2025, 0, 5);
const NAME = 'BTCUSDT-1h-2025-01-05.zip';

interface Row { readonly opened: number; readonly closed: number }
const hours: readonly Row[] = Array.from({ length: 24 }, (_, i) => ({ opened: FROM + i * HOUR, closed: FROM + (i + 1) * HOUR - 1 }));
const cells = (open: string | number, close: string | number, i: number): string => `${open},${100 + i},${102 + i},${99 + i},${101 + i},${10 + i}.50000000,${close},${(10.5 + i) * (100 + i)},${i + 1},${5 + i},${(5 + i) * (100 + i)},0`;
const milliseconds = (rows: readonly Row[]): string => rows.map((row, i) => cells(row.opened, row.closed, i)).join('\n');
const zipOf = (csv: string, name = NAME): Buffer => makeZip([{ name: name.replace('.zip', '.csv'), data: Buffer.from(csv) }]);
const read = (csv: string, options: { readonly name?: string; readonly closedBeforeMs?: number } = {}): Promise<Klines> => readArchive(zipOf(csv, options.name), { name: NAME, ...options });

describe('readArchive', () => {
  it('reads milliseconds, microseconds and a header alike', async () => {
    const klines = await read(milliseconds(hours));
    expect(klineCount(klines)).toBe(24);
    expect([klines.openTimeMs[0], klines.closeTimeMs[23], klines.close[1]]).toEqual([FROM, FROM + 24 * HOUR - 1, 102]);
    const microseconds = hours.map((row, i) => cells(`${row.opened}000`, `${row.closed}999`, i)).join('\r\n');
    expect(await read(microseconds)).toEqual(klines);
    const header = 'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore';
    expect(await read(`${header}\n${milliseconds(hours)}\n`)).toEqual(klines);
  });

  it('takes what the exchange does in an outage: bars that end early, or are missing', async () => {
    const rows = [...hours.slice(0, 5), { opened: FROM + 5 * HOUR, closed: FROM + 5 * HOUR }, { opened: FROM + 9 * HOUR, closed: FROM + 9 * HOUR + 60_000 }];
    expect(klineCount(await read(milliseconds(rows)))).toBe(7);
  });

  it('leaves bars out that were open when it was made', async () => {
    expect(klineCount(await read(milliseconds(hours), { closedBeforeMs: FROM + 20 * HOUR }))).toBe(20);
    expect(klineCount(await read(milliseconds(hours), { closedBeforeMs: FROM + 20 * HOUR - 1 }))).toBe(19);
    await expect(read(milliseconds(hours), { closedBeforeMs: FROM })).rejects.toThrow('none of its bars had closed');
  });

  it('reads weeks and months, whose bars reach beyond the period', async () => {
    const week = { opened: Date.UTC(2024, 0, 29), closed: Date.UTC(2024, 1, 5) - 1 };
    expect(klineCount(await read(milliseconds([week]), { name: 'BTCUSDT-1w-2024-01.zip' }))).toBe(1);
    const month = { opened: Date.UTC(2024, 1, 1), closed: Date.UTC(2024, 2, 1) - 1 };
    expect(klineCount(await read(milliseconds([month]), { name: 'BTCUSDT-1mo-2024-02.zip' }))).toBe(1);
    await expect(read(milliseconds([{ ...month, closed: month.closed + 1 }]), { name: 'BTCUSDT-1mo-2024-02.zip' })).rejects.toThrow('row 1: the bar of 2024-02-01T00:00:00.000Z is longer than 1M');
  });

  const [first, second, third] = hours as [Row, Row, Row];
  it.each([
    ['a bar of another day', milliseconds([first, { opened: FROM + 24 * HOUR, closed: FROM + 25 * HOUR - 1 }]), 'row 2: the bar of 2025-01-06T00:00:00.000Z opens outside 2025-01-05'],
    ['a bar of the day before', milliseconds([{ opened: FROM - HOUR, closed: FROM - 1 }]), 'row 1: the bar of 2025-01-04T23:00:00.000Z opens outside'],
    ['a bar twice', milliseconds([first, second, second]), 'row 3: the bar of 2025-01-05T01:00:00.000Z does not open after'],
    ['bars out of order', milliseconds([first, third, second]), 'row 3'],
    ['minutes', milliseconds([first, { opened: FROM + 60_000, closed: FROM + 119_999 }]), 'row 2: the bar of 2025-01-05T00:01:00.000Z does not open where a bar of 1h begins'],
    ['days', milliseconds([{ opened: FROM, closed: FROM + 24 * HOUR - 1 }]), 'is longer than 1h'],
    ['a bar that closes before it opens', milliseconds([{ opened: FROM, closed: FROM - 1 }]), 'row 1: the close time lies before'],
    ['microseconds in excess', cells(FROM * 1_000_000, FROM * 1_000_000, 0), 'is no time'],
    ['seconds', cells(FROM / 1000, FROM / 1000 + 3599, 0), 'not the columns'],
    ['dates', cells('2025-01-05 00:00:00', '2025-01-05 00:59:59', 0), '4 columns|not the columns|12'],
    ['prices alone', `date,open,high,low,close,volume\n2025-01-05,1,2,1,2,3\n2025-01-05 01:00:00,1,2,1,2,3`, 'not the columns'],
    ['an empty cell', `${milliseconds([first])}\n${cells(second.opened, second.closed, 1).replace(/,\d+,0$/, ',,0')}`, 'row 2: the cell of takerBuyQuote is empty'],
    ['no bars', '\n', 'empty'],
    ['a header alone', 'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n', 'no bar'],
    ['a row that is cut', milliseconds(hours).slice(0, -40), 'row 24'],
    ['a page', '<html></html>', 'HTML'],
  ])('refuses %s', async (_, csv, reason) => {
    await expect(read(csv)).rejects.toMatchObject({ code: 'BAD_FILE', message: expect.stringMatching(new RegExp(`^${NAME}.*(${reason})`)) as string });
  });

  it('refuses more than the day can hold', async () => {
    expect(maxArchiveBytes({ symbol: 'BTCUSDT', interval: '1h', period: '2025-01-05' })).toBe(1000 + 24 * 400);
    await expect(read(milliseconds(hours) + '\n'.repeat(9000))).rejects.toThrow('more than the 10600 that its bars can need');
  });

  it('needs a name that is one', async () => {
    await expect(readArchive(zipOf(''), { name: 'bars.zip' })).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });
});

describe('a damaged archive', () => {
  const good = zipOf(milliseconds(hours));

  /** The fingerprint of the bars, or undefined for an error of ours. */
  async function outcome(bytes: Uint8Array): Promise<string | undefined> {
    try {
      return fingerprintKlines(await readArchive(bytes, { name: NAME }));
    } catch (error) {
      if (!isForecastLabError(error) || error.code !== 'BAD_FILE') throw error;
      return undefined;
    }
  }

  it('never gives other bars, whichever bit is flipped', async () => {
    const right = await outcome(good);
    expect(right).toBeDefined();
    let survived = 0;
    for (let bit = 0; bit < good.length * 8; bit += 1) {
      const bytes = Buffer.from(good);
      bytes[bit >> 3] ^= 1 << (bit & 7);
      const got = await outcome(bytes);
      if (got !== undefined) survived += 1;
      if (got !== undefined && got !== right) expect.fail(`bit ${bit} gives other bars`);
    }
    expect(survived).toBeLessThan(600); // dates, versions, permissions: they say nothing of the bars
  });

  it('is never read when it is cut', async () => {
    for (let length = 0; length < good.length; length += 1) expect(await outcome(good.subarray(0, length))).toBeUndefined();
  });

  it('never gives other bars, whatever is changed, put in, or taken out', async () => {
    const right = await outcome(good);
    const at = fc.integer({ min: 0, max: good.length });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ at, length: fc.integer({ min: 0, max: 40 }), bytes: fc.uint8Array({ maxLength: 40 }) }), { minLength: 1, maxLength: 3 }), async (edits) => {
        let bytes = good;
        for (const edit of edits) bytes = Buffer.concat([bytes.subarray(0, edit.at), edit.bytes, bytes.subarray(edit.at + edit.length)]);
        expect([undefined, right]).toContain(await outcome(bytes));
      }),
      { numRuns: 1000 },
    );
  });

  it('is an error for any bytes at all', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(await outcome(bytes)).toBeUndefined();
      }), { numRuns: 300 });
  });
});
