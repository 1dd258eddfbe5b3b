import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { LocalExchangeOptions } from './options.js';
import { ask, askRows, DAY_MS, HOUR_MS, START_MS, testExchange } from './test-exchange.js';
import { unzipMembers } from './unzip-members.js';

const month = '/data/spot/monthly/klines/BTCUSDT/1d/BTCUSDT-1d-2024-01.zip';
const futuresMonth = '/data/futures/um/monthly/klines/BTCUSDT/1d/BTCUSDT-1d-2024-01.zip';

const bytesOf = async (url: string, headers: Record<string, string> = {}): Promise<{ status: number; headers: Headers; bytes: Buffer }> => {
  const response = await fetch(url, { headers });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
};
const linesOf = async (url: string): Promise<string[]> => {
  const [member] = await unzipMembers((await bytesOf(url)).bytes);
  return member?.bytes.toString().trimEnd().split('\n') ?? [];
};
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('an archive', () => {
  it('holds the month as one CSV of its name: the rows of REST', async () => {
    const exchange = await testExchange();
    const members = await unzipMembers((await bytesOf(exchange.url + month)).bytes);
    expect(members.map(({ name }) => name)).toEqual(['BTCUSDT-1d-2024-01.csv']);
    const rows = await askRows(exchange, `symbol=BTCUSDT&interval=1d&startTime=${START_MS}&limit=31`);
    expect(members[0]?.bytes.toString()).toBe(rows.map((row) => `${row.join(',')}\n`).join(''));
  });

  it('has a checksum as sha256sum writes it', async () => {
    const exchange = await testExchange();
    const { bytes } = await bytesOf(exchange.url + month);
    const checksum = await ask(exchange, `${month}.CHECKSUM`);
    expect(checksum).toMatchObject({ status: 200, text: `${sha256(bytes)}  BTCUSDT-1d-2024-01.zip\n` });
  });

  it('has the same bytes from every exchange with the same bars, whatever their time zone', async () => {
    const zone = process.env.TZ;
    const shas: string[] = [];
    for (const tz of ['UTC', 'Asia/Shanghai']) {
      process.env.TZ = tz;
      shas.push(sha256((await bytesOf((await testExchange()).url + month)).bytes));
    }
    process.env.TZ = zone;
    expect(new Set(shas).size).toBe(1);
  });

  it('counts in microseconds from 2025 at spot; futures have milliseconds and a header', async () => {
    const startMs = Date.UTC(2024, 11, 1);
    const market = { symbol: 'BTCUSDT', interval: '1d', sample: { seed: 1, startMs } } as const;
    const exchange = await testExchange({ markets: [market, { ...market, venue: 'usdm' }], nowMs: Date.UTC(2025, 2, 1) });
    const first = async (path: string, period: string): Promise<(string | undefined)[]> => {
      const lines = await linesOf(exchange.url + path.replace('2024-01', period));
      return [lines[0]?.split(',')[0], lines[1]?.split(',')[0], lines[0]?.split(',')[6]];
    };
    expect(await first(month, '2024-12')).toEqual(['1733011200000', '1733097600000', '1733097599999']);
    expect(await first(month, '2025-01')).toEqual(['1735689600000000', '1735776000000000', '1735775999999999']);
    expect(await first(futuresMonth, '2025-01')).toEqual(['open_time', '1735689600000', 'close_time']);
  });

  it('of calendar months is named 1mo', async () => {
    const exchange = await testExchange({ markets: [{ symbol: 'BTCUSDT', interval: '1M', sample: { seed: 1, startMs: START_MS } }] });
    const path = '/data/spot/monthly/klines/BTCUSDT/1mo/BTCUSDT-1mo-2024-01.zip';
    expect(await linesOf(exchange.url + path)).toHaveLength(1);
    expect((await ask(exchange, path.replaceAll('1mo', '1M'))).status).toBe(404);
  });

  it('appears on the next day, that of a month on the first Monday of the next', async () => {
    const exchange = await testExchange({ nowMs: Date.UTC(2024, 0, 31, 12) });
    const status = async (path: string, nowMs: number): Promise<number> => {
      exchange.setTime(nowMs);
      return (await ask(exchange, path)).status;
    };
    const day = '/data/spot/daily/klines/BTCUSDT/1d/BTCUSDT-1d-2024-01-30.zip';
    expect(await status(day, Date.UTC(2024, 0, 31))).toBe(404);
    expect(await status(day, Date.UTC(2024, 0, 31) + 3 * HOUR_MS)).toBe(200);
    // 2024-02-05 is a Monday
    expect(await status(month, Date.UTC(2024, 1, 5))).toBe(404);
    expect(await status(month, Date.UTC(2024, 1, 5) + 3 * HOUR_MS)).toBe(200);
    // 2024-04-01 is one too
    const march = month.replace('2024-01', '2024-03');
    expect(await status(march, Date.UTC(2024, 3, 1))).toBe(404);
    expect(await status(march, Date.UTC(2024, 3, 1) + 3 * HOUR_MS)).toBe(200);
  });

  it('holds only bars that had closed when it was made', async () => {
    const exchange = await testExchange({ markets: [{ symbol: 'BTCUSDT', interval: '1w', sample: { seed: 1, startMs: START_MS } }] });
    const path = month.replaceAll('1d', '1w');
    expect(await linesOf(exchange.url + path)).toHaveLength(5);
    expect((await ask(exchange, path.replace('monthly', 'daily').replace('.zip', '-01.zip'))).status).toBe(404);
  });

  it.each(['BTCUSDT-1d-2023-12', 'BTCUSDT-1d-2024-13', 'BTCUSDT-1h-2024-01', 'ETHUSDT-1d-2024-01'])('is absent in XML: %s', async (stem) => {
    const { status, headers, text } = await ask(await testExchange(), month.replace('BTCUSDT-1d-2024-01', stem));
    expect([status, headers.get('content-type')]).toEqual([404, 'application/xml']);
    expect(text).toContain('<Code>NoSuchKey</Code>');
  });
});

describe('a part of an archive', () => {
  it.each([
    ['bytes=0-9', 206, 0, 10],
    ['bytes=10-', 206, 10, undefined],
    ['bytes=-5', 206, -5, undefined],
    ['bytes=5-999999', 206, 5, undefined],
    ['bytes=9-5', 200, 0, undefined],
    ['lines=1-2', 200, 0, undefined],
  ])('%s', async (range, status, from, to) => {
    const exchange = await testExchange();
    const whole = await bytesOf(exchange.url + month);
    const part = await bytesOf(exchange.url + month, { Range: range });
    expect(part.status).toBe(status);
    expect(part.bytes.equals(whole.bytes.subarray(from, to))).toBe(true);
    if (status === 206) expect(part.headers.get('content-range')).toMatch(new RegExp(`^bytes \\d+-\\d+/${whole.bytes.length}$`));
    expect([whole.headers.get('accept-ranges'), part.headers.get('etag')]).toEqual(['bytes', whole.headers.get('etag')]);
  });

  it('from past the end is refused, saying how long it is', async () => {
    const exchange = await testExchange();
    const { length } = (await bytesOf(exchange.url + month)).bytes;
    const { status, headers } = await ask(exchange, month, { Range: `bytes=${length}-` });
    expect([status, headers.get('content-range')]).toEqual([416, `bytes */${length}`]);
  });

  it('is the whole when If-Range names another version', async () => {
    const exchange = await testExchange();
    const { headers } = await ask(exchange, month);
    const status = async (condition: string | null): Promise<number> => (await ask(exchange, month, { Range: 'bytes=5-', 'If-Range': condition ?? '' })).status;
    expect(await status(headers.get('etag'))).toBe(206);
    expect(await status(headers.get('last-modified'))).toBe(206);
    expect(await status('"other"')).toBe(200);
    exchange.republish('BTCUSDT-1d-2024-01.zip');
    expect(await status(headers.get('etag'))).toBe(200);
  });

  it('need not be sent again when nothing has changed', async () => {
    const exchange = await testExchange();
    const { headers } = await ask(exchange, month);
    expect((await ask(exchange, month, { 'If-None-Match': headers.get('etag') ?? '' })).status).toBe(304);
    expect((await ask(exchange, month, { 'If-Modified-Since': headers.get('last-modified') ?? '' })).status).toBe(304);
  });
});

describe('an archive that is published anew', () => {
  it('has other bytes, another date and a new checksum, and the same rows', async () => {
    const exchange = await testExchange();
    const before = await bytesOf(exchange.url + month);
    const lines = await linesOf(exchange.url + month);
    exchange.republish('BTCUSDT-1d-2024-01.zip');
    const after = await bytesOf(exchange.url + month);
    expect(sha256(after.bytes)).not.toBe(sha256(before.bytes));
    expect(after.headers.get('last-modified')).toBe(new Date(exchange.nowMs()).toUTCString());
    expect(before.headers.get('last-modified')).toBe('Mon, 05 Feb 2024 03:00:00 GMT');
    expect((await ask(exchange, `${month}.CHECKSUM`)).text).toContain(sha256(after.bytes));
    expect(await linesOf(exchange.url + month)).toEqual(lines);
  });

  it('holds bars that were restated there, of which REST may know nothing', async () => {
    const exchange = await testExchange();
    const before = await bytesOf(exchange.url + month);
    exchange.restate('BTCUSDT', '1d', START_MS, { volume: 2 }, { in: 'dumps' });
    expect((await linesOf(exchange.url + month))[0]?.split(',')[5]).toBe('2.00000000');
    expect((await linesOf(exchange.url + month.replace('monthly', 'daily').replace('2024-01.zip', '2024-01-01.zip')))[0]?.split(',')[5]).toBe('2.00000000');
    expect((await bytesOf(exchange.url + month)).headers.get('etag')).not.toBe(before.headers.get('etag'));
    expect((await askRows(exchange, `symbol=BTCUSDT&interval=1d&startTime=${START_MS}&limit=1`))[0]?.[5]).not.toBe('2.00000000');
    exchange.restate('BTCUSDT', '1d', START_MS + DAY_MS, { volume: 3 });
    expect((await linesOf(exchange.url + month))[1]?.split(',')[5]).not.toBe('3.00000000');
  });
});

describe('an archive with something wrong', () => {
  const altered = async (alteration: Parameters<Awaited<ReturnType<typeof testExchange>>['alterArchive']>[1], options: Partial<LocalExchangeOptions> = {}) => {
    const exchange = await testExchange(options);
    const good = await bytesOf(exchange.url + month);
    exchange.alterArchive('BTCUSDT-1d-2024-01.zip', alteration);
    const zip = await bytesOf(exchange.url + month);
    const checksum = await ask(exchange, `${month}.CHECKSUM`);
    return { good, zip, checksum, isChecked: checksum.text.startsWith(sha256(zip.bytes)) };
  };

  it('a wrong checksum, none, or one that is none', async () => {
    const wrong = await altered({ checksum: 'wrong' });
    expect([wrong.isChecked, wrong.checksum.text]).toEqual([false, expect.stringMatching(/^[0-9a-f]{64} {2}BTCUSDT-1d-2024-01\.zip\n$/)]);
    expect((await altered({ checksum: 'absent' })).checksum.status).toBe(404);
    expect((await altered({ checksum: '<html>' })).checksum.text).toBe('<html>');
  });

  it('bytes that are not those of the checksum', async () => {
    const { good, zip, isChecked } = await altered({ archive: 'flipped', checksum: 'original' });
    expect([isChecked, zip.bytes.length]).toEqual([false, good.bytes.length]);
    expect((await altered({ archive: 'cut', checksum: 'original' })).zip.bytes.length).toBe(good.bytes.length >> 1);
  });

  it.each([
    ['nested', ['BTCUSDT-1d-2024-01.zip']],
    ['wrong-member', ['BTCUSDT-1d-1999-01.csv']],
    ['two-members', ['BTCUSDT-1d-2024-01.csv', 'README.txt']],
    ['climbing', ['../evil.csv']],
  ] as const)('%s', async (archive, names) => {
    const { zip, isChecked } = await altered({ archive });
    expect(isChecked).toBe(true);
    expect((await unzipMembers(zip.bytes)).map(({ name }) => name)).toEqual(names);
  });

  it('a bomb', async () => {
    const { zip } = await altered({ archive: 'bomb' });
    expect(zip.bytes.length).toBeLessThan(500_000);
    expect((await unzipMembers(zip.bytes))[0]?.bytes.length).toBe(50_000_000);
  });

  it('no archive, no zip, bytes of your own, other lines', async () => {
    expect(await altered({ archive: 'absent' })).toMatchObject({ zip: { status: 404 }, checksum: { status: 200 } });
    expect((await altered({ archive: 'not-a-zip' })).zip.bytes.toString()).toMatch(/^<!DOCTYPE html>/);
    expect((await altered({ archive: new Uint8Array([1, 2]) })).zip.bytes).toEqual(Buffer.from([1, 2]));
    const { zip, isChecked } = await altered({ lines: (lines) => lines.slice(1) });
    expect([isChecked, (await unzipMembers(zip.bytes))[0]?.bytes.toString().trimEnd().split('\n').length]).toEqual([true, 30]);
  });
});
