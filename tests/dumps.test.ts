// The archives of the exchange, end to end: broken connections, wrong checksums, archives published anew, hostile ones, full disks.
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fingerprintKlines, klineCount } from '@forecastlab/core';
import { type ArchiveResult, createHttpClient, type DumpOptions, type Dumps, type HttpClient, openDumps } from '@forecastlab/core/node';
import { forEveryFault } from './support/faulty-file-system.js';
import type { LocalExchangeOptions } from './local-exchange/options.js';
import type { LocalExchange } from './local-exchange/start-local-exchange.js';
import { DAY_MS, START_MS, testExchange } from './local-exchange/test-exchange.js';

const MARKET = { symbol: 'BTCUSDT', interval: '1d' };
const MINUTES = { symbol: 'BTCUSDT', interval: '1m' };
const NAME = 'BTCUSDT-1d-2024-01.zip';
const DAY_NAME = 'BTCUSDT-1m-2024-01-05.zip';
const minutes: Partial<LocalExchangeOptions> = { markets: [{ symbol: 'BTCUSDT', interval: '1m', sample: { seed: 1, startMs: START_MS } }] };

interface Site {
  readonly exchange: LocalExchange;
  readonly folder: string;
  readonly log: string[];
  readonly open: (options?: Partial<DumpOptions>) => Dumps;
  readonly files: () => Promise<string[]>;
}

async function site(options: Partial<LocalExchangeOptions> = {}): Promise<Site> {
  const exchange = await testExchange(options);
  const folder = await mkdtemp(join(tmpdir(), 'dumps-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const log: string[] = [];
  const open: Site['open'] = (more = {}) =>
    openDumps({ http: createHttpClient(), baseUrl: exchange.url, folder: join(folder, 'dumps'), nowMs: exchange.nowMs, sleep: async (_, signal) => signal?.throwIfAborted(), random: () => 0.5, log: (text) => log.push(text), ...more });
  return { exchange, folder, log, open, files: async () => (await readdir(join(folder, 'dumps')).catch(() => [])).sort() };
}

const taken = (result: ArchiveResult): Extract<ArchiveResult, { kind: 'taken' }> => {
  if (result.kind !== 'taken') throw new Error(JSON.stringify(result));
  return result;
};
const paths = (exchange: LocalExchange, end: RegExp): string[] => exchange.requests.map(({ path }) => path).filter((path) => end.test(path));
const published = async (exchange: LocalExchange, path: string): Promise<Buffer> => Buffer.from(await (await fetch(exchange.url + path)).arrayBuffer());
const MONTH_PATH = `/data/spot/monthly/klines/BTCUSDT/1d/${NAME}`;
const DAY_PATH = `/data/spot/daily/klines/BTCUSDT/1m/${DAY_NAME}`;

describe('openDumps', () => {
  it('gives the bars of months and days with a record of the archive', async () => {
    const { exchange, open, files } = await site();
    const dumps = open();
    const { klines, record } = taken(await dumps.fetch(MARKET, '2024-01'));
    const bytes = await published(exchange, MONTH_PATH);
    expect([klineCount(klines), klines.openTimeMs[0], klines.openTimeMs[30]]).toEqual([31, START_MS, START_MS + 30 * DAY_MS]);
    expect(record).toEqual({ name: NAME, sha256: createHash('sha256').update(bytes).digest('hex'), last_modified: expect.stringMatching(/^2024-02-\d\dT/) as string, rows: 31 });
    const day = taken(await dumps.fetch(MARKET, '2024-01-05'));
    expect([klineCount(day.klines), day.klines.close[0]]).toEqual([1, klines.close[4]]);
    expect(await dumps.fetch(MARKET, '2024-02')).toEqual({ kind: 'absent', name: 'BTCUSDT-1d-2024-02.zip' });
    expect(await dumps.fetch(MARKET, '2023-12-31')).toMatchObject({ kind: 'absent' });
    expect(dumps.usage().requests).toBe(8);
    expect(dumps.usage().bytes).toBeGreaterThan(bytes.length);
    await dumps.release(NAME);
    expect((await files()).filter((file) => file.includes('2024-01.zip'))).toEqual([]);
    await expect(dumps.release('../../data')).rejects.toMatchObject({ code: 'BAD_OPTION' });
    await expect(dumps.fetch({ symbol: '../x', interval: '1d' }, '2024-01')).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });

  it('reads the archives of futures', async () => {
    const { open } = await site({ markets: [{ symbol: 'BTCUSDT', interval: '1d', venue: 'usdm', sample: { seed: 1, startMs: START_MS } }] });
    expect(klineCount(taken(await open().fetch({ ...MARKET, venue: 'usdm' }, '2024-01')).klines)).toBe(31);
    expect(await open().fetch(MARKET, '2024-01')).toMatchObject({ kind: 'absent' });
  });

  it('reads milliseconds and microseconds', async () => {
    const { open } = await site({ nowMs: Date.UTC(2025, 2, 10) });
    for (const month of ['2024-12', '2025-01']) expect(taken(await open().fetch(MARKET, month)).klines.openTimeMs[0]).toBe(Date.parse(`${month}-01`));
  });

  it('does not get an archive twice, until it is released or published anew', async () => {
    const { exchange, open } = await site();
    const first = taken(await open().fetch(MARKET, '2024-01'));
    expect(taken(await open().fetch(MARKET, '2024-01'))).toEqual(first);
    expect(paths(exchange, /\.zip$/)).toHaveLength(1);
    exchange.advance(DAY_MS);
    exchange.restate('BTCUSDT', '1d', START_MS, { volume: 1, takerBuyBase: 0.5 }, { in: 'dumps' });
    const dumps = open();
    expect((await dumps.checksum(MARKET, '2024-01'))?.sha256).not.toBe(first.record.sha256);
    const second = taken(await dumps.fetch(MARKET, '2024-01'));
    expect(second.klines.volume[0]).toBe(1);
    expect(second.record.last_modified).not.toBe(first.record.last_modified);
    expect(paths(exchange, /\.zip$/)).toHaveLength(2);
    await dumps.release(NAME);
    await dumps.fetch(MARKET, '2024-01');
    expect(paths(exchange, /\.zip$/)).toHaveLength(3);
  });

  it('tells what a checksum is', async () => {
    const { exchange, open } = await site();
    const dumps = open();
    const { record } = taken(await dumps.fetch(MARKET, '2024-01'));
    expect(await dumps.checksum(MARKET, '2024-01')).toEqual({ name: NAME, sha256: record.sha256, lastModified: expect.stringMatching(/Z$/) as string });
    expect(await dumps.checksum(MARKET, '2024-02')).toBeUndefined();
    exchange.alterArchive(NAME, { checksum: 'nonsense' });
    expect(await dumps.checksum(MARKET, '2024-01')).toBeUndefined();
  });
});

describe('symbolic links', () => {
  it.each(['', '.part', '.head.json'])('in the place of a download%s are not followed', async (end) => {
    const { folder, open, files } = await site();
    const file = join(folder, 'dumps', `${NAME}${end}`);
    await mkdir(join(folder, 'dumps'));
    await writeFile(join(folder, 'precious'), 'mine');
    await symlink(join(folder, 'precious'), file);
    await expect(open().fetch(MARKET, '2024-01')).rejects.toMatchObject({ code: 'BAD_FILE', message: `${file} is a symbolic link; a download is to lie there.`, details: { file } });
    expect(await readFile(join(folder, 'precious'), 'utf8')).toBe('mine');
    expect(await files()).toEqual([`${NAME}${end}`]);
  });

  it('that lead out of the root are not followed', async () => {
    const { exchange, folder, open } = await site();
    await mkdir(join(folder, 'root/data'), { recursive: true });
    await mkdir(join(folder, 'elsewhere'));
    await writeFile(join(folder, 'elsewhere', NAME), 'mine');
    await symlink(join(folder, 'elsewhere'), join(folder, 'root/data/downloads'));
    const dumps = open({ root: join(folder, 'root'), folder: join(folder, 'root/data/downloads') });
    for (const call of [dumps.fetch(MARKET, '2024-01'), dumps.release(NAME)]) await expect(call).rejects.toMatchObject({ code: 'BAD_FILE', message: expect.stringContaining('data/downloads leads out of the store') as string });
    expect(await readdir(join(folder, 'elsewhere'))).toEqual([NAME]);
    expect(exchange.requests).toEqual([]);
  });
});

describe('a download that breaks', () => {
  it('goes on where it broke', async () => {
    const { exchange, open } = await site(minutes);
    const whole = await published(exchange, DAY_PATH);
    for (const afterBytes of [10_000, 5000]) exchange.faults.add({ kind: 'cut', path: DAY_PATH, afterBytes });
    const dumps = open();
    const { klines, record } = taken(await dumps.fetch(MINUTES, '2024-01-05'));
    expect([klineCount(klines), record.sha256]).toEqual([1440, createHash('sha256').update(whole).digest('hex')]);
    expect(dumps.usage().bytes).toBeLessThan(whole.length + 200);
    expect(dumps.usage().requests).toBe(4);
  });

  it('goes on in another process, of another publication begins anew', async () => {
    const { exchange, open, files } = await site(minutes);
    const end = exchange.faults.add({ kind: 'cut', path: DAY_PATH, afterBytes: 9000, times: Infinity });
    await expect(open().fetch(MINUTES, '2024-01-05')).rejects.toMatchObject({ code: 'TEMPORARY', message: expect.stringMatching(/^127\.0\.0\.1:\d+ cannot be reached for BTCUSDT-1m-2024-01-05\.zip: the connection broke/) as string });
    expect(await files()).toEqual([`${DAY_NAME}.head.json`, `${DAY_NAME}.part`]);
    end();
    const whole = await published(exchange, DAY_PATH);
    const part = (await open().fetch(MINUTES, '2024-01-05')).kind;
    expect(part).toBe('taken');
    // five cut answers of 9000 bytes are kept, what is missing comes at once
    expect(await files()).toEqual([DAY_NAME, `${DAY_NAME}.head.json`]);
    await open().release(DAY_NAME);

    const again = exchange.faults.add({ kind: 'cut', path: DAY_PATH, afterBytes: 3000, times: Infinity });
    await expect(open().fetch(MINUTES, '2024-01-05')).rejects.toMatchObject({ code: 'TEMPORARY' });
    again();
    exchange.advance(DAY_MS);
    exchange.republish(DAY_NAME);
    const anew = open();
    const { record } = taken(await anew.fetch(MINUTES, '2024-01-05'));
    expect(record.sha256).toBe(createHash('sha256').update(await published(exchange, DAY_PATH)).digest('hex'));
    expect(record.sha256).not.toBe(createHash('sha256').update(whole).digest('hex'));
    expect(anew.usage().bytes).toBeGreaterThan(whole.length - 100);
  });

  it.each([
    ['a part of other bytes', async (path: string, head: string) => Promise.all([writeFile(`${path}.part`, 'x'.repeat(100)), writeFile(`${path}.head.json`, head)])],
    ['a part that is too long', async (path: string, head: string) => Promise.all([writeFile(`${path}.part`, 'x'.repeat(60_000)), writeFile(`${path}.head.json`, head)])],
    ['a part of nobody knows what', async (path: string) => writeFile(`${path}.part`, 'x'.repeat(100))],
    ['a head that is none', async (path: string) => Promise.all([writeFile(`${path}.part`, 'x'.repeat(100)), writeFile(`${path}.head.json`, '{"etag":1')])],
    ['a zip of other bytes', async (path: string) => writeFile(path, 'x'.repeat(100))],
  ])('is not spoilt by %s from an earlier run', async (_, leave) => {
    const { exchange, folder, open, files } = await site(minutes);
    const right = taken(await open().fetch(MINUTES, '2024-01-05'));
    const head = await readFile(join(folder, 'dumps', `${DAY_NAME}.head.json`), 'utf8');
    await open().release(DAY_NAME);
    await leave(join(folder, 'dumps', DAY_NAME), head);
    expect(taken(await open().fetch(MINUTES, '2024-01-05'))).toEqual(right);
    expect(await files()).toEqual([DAY_NAME, `${DAY_NAME}.head.json`]);
    expect(paths(exchange, /\.zip$/).length).toBeLessThanOrEqual(3);
  });

  it.each([
    ['an error of the site', { kind: 'status', status: 503 }],
    ['no answer', { kind: 'reset' }],
    ['an end that nobody announced', { kind: 'until-close', afterBytes: 7000 }],
    ['an answer without length', { kind: 'no-length' }],
    ['a range that does not fit', { kind: 'status', status: 416 }],
    ['an empty answer', { kind: 'empty' }],
    ['a page', { kind: 'html' }],
  ] as const)('survives %s', async (_, fault) => {
    const { exchange, open } = await site(minutes);
    exchange.faults.add({ ...fault, path: DAY_PATH });
    expect(klineCount(taken(await open().fetch(MINUTES, '2024-01-05')).klines)).toBe(1440);
  });

  it('survives errors of the checksum, and tells when the site is away', async () => {
    const { exchange, open, log } = await site();
    exchange.faults.add({ kind: 'status', status: 500, path: /CHECKSUM$/ });
    exchange.faults.add({ kind: 'cut', path: /CHECKSUM$/ });
    taken(await open().fetch(MARKET, '2024-01'));
    expect(log).toHaveLength(2);
    await exchange.down();
    await expect(open().fetch(MARKET, '2024-01')).rejects.toMatchObject({ code: 'TEMPORARY', message: expect.stringContaining('connection refused') as string });
  });

  it.each([[403, 'FAILED'], [451, 'FAILED'], [429, 'TEMPORARY'], [503, 'TEMPORARY']])('names status %i', async (status, code) => {
    const { exchange, open } = await site();
    exchange.faults.add({ kind: 'status', status, path: /\.zip$/, times: Infinity });
    await expect(open().fetch(MARKET, '2024-01')).rejects.toMatchObject({ code, message: expect.stringMatching(`status ${status} for ${NAME}`) as string });
    exchange.faults.add({ kind: 'status', status, path: /CHECKSUM$/, times: Infinity });
    await expect(open().fetch(MARKET, '2024-01')).rejects.toMatchObject({ code, message: expect.stringMatching(`status ${status} for ${NAME}.CHECKSUM`) as string });
  });

  it('can be stopped', async () => {
    const { exchange, open, files } = await site();
    exchange.faults.add({ kind: 'hang', path: MONTH_PATH, afterBytes: 100 });
    const stop = new AbortController();
    const reason = new Error('enough');
    const fetching = open().fetch(MARKET, '2024-01', { signal: stop.signal });
    await expect.poll(() => paths(exchange, /\.zip$/).length).toBe(1);
    await expect.poll(files).toContain(`${NAME}.part`);
    stop.abort(reason);
    await expect(fetching).rejects.toBe(reason);
    expect(await files()).not.toContain(`${NAME}.lock`);
    taken(await open().fetch(MARKET, '2024-01'));
  });

  it('is made once by two that want it', async () => {
    const { exchange, open } = await site(minutes);
    const [a, b] = await Promise.all([open().fetch(MINUTES, '2024-01-05'), open().fetch(MINUTES, '2024-01-05')]);
    expect(a).toEqual(b);
    expect(paths(exchange, /\.zip$/)).toHaveLength(1);
  });
});

describe('an archive that cannot be trusted', () => {
  const original = { checksum: 'original' } as const;
  it.each([
    ['a checksum that is wrong', { checksum: 'wrong' }, /^its sha256 is not that of its CHECKSUM file/],
    ['no checksum', { checksum: 'absent' }, /^it has no CHECKSUM file/],
    ['a checksum of another file', { checksum: `${'0'.repeat(64)}  other.zip\n` }, /CHECKSUM speaks of another file/],
    ['a checksum that never ends', { checksum: '0'.repeat(100_000) }, /^its CHECKSUM file has more than 1024 bytes/],
    ['bytes that are cut', { archive: 'cut', ...original }, /^its sha256/],
    ['a flipped byte', { archive: 'flipped', ...original }, /^its sha256/],
    ['bytes that are cut, and a checksum of them', { archive: 'cut' }, /^it is no whole zip archive/],
    ['a flipped byte, and a checksum of it', { archive: 'flipped' }, /damaged|CRC-32|more than|fewer/],
    ['a zip inside', { archive: 'nested' }, /^its member is named "BTCUSDT-1d-2024-01.zip"/],
    ['a bomb', { archive: 'bomb' }, /^it has more than the 13400 bytes/],
    ['another member', { archive: 'wrong-member' }, /^its member is named/],
    ['two members', { archive: 'two-members' }, /^it holds 2 members/],
    ['a member that climbs', { archive: 'climbing' }, /^its member is named "..\/evil.csv"/],
    ['a page', { archive: 'not-a-zip' }, /^it is no whole zip archive/],
    ['rows out of order', { lines: (lines: readonly string[]) => [...lines].reverse() }, /^row 2: the bar of 2024-01-30/],
    ['rows of another month', { lines: (lines: readonly string[]) => [...lines, lines[0]!.replace(/\d{13}/g, (time) => String(Number(time) + 31 * DAY_MS))] }, /^row 32: the bar of 2024-02-01.* opens outside 2024-01$/],
    ['no rows', { lines: () => [] }, /^the file is empty/],
  ] as const)('has %s: refused with the reason, and nothing of it stays', async (_, alteration, reason) => {
    const { exchange, folder, open, files } = await site();
    exchange.alterArchive(NAME, alteration);
    const result = await open().fetch(MARKET, '2024-01');
    expect(result).toMatchObject({ kind: 'refused', name: NAME, reason: expect.stringMatching(reason) as string, record: { name: NAME, rows: 0, refused: expect.stringMatching(reason) as string } });
    expect(await files()).toEqual([]);
    expect(await readdir(folder)).toEqual(['dumps']);
  });

  it('is taken when a later checksum is right, without another download', async () => {
    const { exchange, open } = await site();
    exchange.faults.add({ kind: 'edit', path: /CHECKSUM$/, edit: (text) => text.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) });
    taken(await open().fetch(MARKET, '2024-01'));
    expect([paths(exchange, /\.zip$/).length, paths(exchange, /CHECKSUM$/).length]).toEqual([1, 2]);
  });

  it('is downloaded again when a cache had kept other bytes', async () => {
    const { exchange, open } = await site();
    const sent: Readonly<Record<string, string>>[] = [];
    const client = createHttpClient();
    let isFirst = true;
    const http: HttpClient = {
      get: (request) => client.get(request),
      open: async (request) => {
        sent.push(request.headers ?? {});
        const answer = await client.open(request);
        if (!isFirst) return answer;
        isFirst = false;
        return { ...answer, body: zeroed(answer.body) };
      },
    };
    taken(await open({ http }).fetch(MARKET, '2024-01'));
    expect(sent.map((headers) => [headers['cache-control'], headers.range])).toEqual([[undefined, undefined], ['no-cache', undefined]]);
    expect(paths(exchange, /\.zip$/)).toHaveLength(2);
  });

  async function* zeroed(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of body) yield new Uint8Array(piece.length);
  }

  it('leaves bars out that had not closed when it was published', async () => {
    const { open } = await site();
    expect(klineCount(taken(await open({ nowMs: () => START_MS + 10 * DAY_MS }).fetch(MARKET, '2024-01')).klines)).toBe(10);
  });
});

describe('a disk that fails', () => {
  it('is an error of the system, never a refusal; the next run gets the archive', async () => {
    const { exchange, folder, open } = await site();
    const right = fingerprintKlines(taken(await open().fetch(MARKET, '2024-01')).klines);
    const http = createHttpClient();
    let failures = 0;
    const operations = await forEveryFault(async (fs) => {
      await rm(join(folder, 'dumps'), { recursive: true, force: true });
      const outcome = await open({ fs, http }).fetch(MARKET, '2024-01').catch((error: unknown) => error);
      if (outcome instanceof Error) {
        expect(outcome).toMatchObject({ code: 'ENOSPC' });
        failures += 1;
      } else {
        expect(fingerprintKlines(taken(outcome as ArchiveResult).klines)).toBe(right);
      }
      expect(fingerprintKlines(taken(await open({ http }).fetch(MARKET, '2024-01')).klines)).toBe(right);
    }, 'ENOSPC');
    expect(failures).toBeGreaterThan(operations);
    expect(exchange.requests.length).toBeGreaterThan(operations);
  });
});
