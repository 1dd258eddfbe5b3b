// Updates of one market from the local exchange: what is stored, what it costs, what is recorded.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatKlinesCsv, type Klines, klineCount, sliceKlines, takeKlines } from '@forecastlab/core';
import { createHttpClient, openExchange, readStoredKlines, updateKlines } from '@forecastlab/core/node';
import { askRows, DAY_MS, HOUR_MS, START_MS, testExchange } from '../local-exchange/test-exchange.js';
import type { LocalExchange } from '../local-exchange/start-local-exchange.js';
import { marketRoot, type MarketRoot } from './market-root.js';

const DAILY = { symbol: 'BTCUSDT', interval: '1d' };
const MINUTES = { symbol: 'BTCUSDT', interval: '1m' };
const CSV = 'data/raw/binance_BTCUSDT_1d.csv';
const NOW = Date.UTC(2026, 10, 26, 12);
const years = (count: number) => ({ nowMs: NOW, markets: [{ symbol: 'BTCUSDT', interval: '1d', sample: { seed: 1, startMs: NOW - 12 * HOUR_MS - Math.round(count * 365.25) * DAY_MS } }] });
const minutes = (nowMs: number, startMs: number) => ({ nowMs, markets: [{ symbol: 'BTCUSDT', interval: '1m', sample: { seed: 1, startMs } }] });

async function stored(root: MarketRoot, market = DAILY): Promise<Klines> {
  const read = await readStoredKlines(root.store, market);
  expect(read?.isVouchedFor).toBe(true);
  return (read as NonNullable<typeof read>).parsed.klines;
}

/** What another reader of the exchange gets: all closed bars, page by page. */
async function truth(exchange: LocalExchange, interval: string, fromMs: number): Promise<number[][]> {
  const rows: number[][] = [];
  for (let start = fromMs; ; ) {
    const page = (await askRows(exchange, `symbol=BTCUSDT&interval=${interval}&startTime=${start}&limit=1000`)).map((row) => row.slice(0, 11).map(Number));
    rows.push(...page.filter((row) => row[6] < exchange.nowMs()));
    if (page.length < 1000) return rows;
    start = page[page.length - 1][0] + 1;
  }
}
const rowsOf = (klines: Klines): number[][] => Array.from({ length: klineCount(klines) }, (_, i) => [klines.openTimeMs, klines.open, klines.high, klines.low, klines.close, klines.volume, klines.closeTimeMs, klines.quoteVolume, klines.tradeCount, klines.takerBuyBase, klines.takerBuyQuote].map((column) => column[i]));

describe('a first update', () => {
  it('fetches eight years of days in three pages, and stores the closed bars alone', async () => {
    const exchange = await testExchange(years(8));
    const root = await marketRoot(exchange);
    const update = await root.update(DAILY);
    expect(update).toMatchObject({ symbol: 'BTCUSDT', interval: '1d', source: 'rest', path: CSV, format: 'csv', rows: 2922, added: 2922, toMs: NOW - 36 * HOUR_MS, restated: [], gaps: [], synthetic: false });
    // the clock, and ceil(2922 / 1000) pages of weight 2
    expect([update.requests, update.weight]).toEqual([4, 7]);
    expect(rowsOf(await stored(root))).toEqual(await truth(exchange, '1d', 0));
    expect((await root.manifest('binance_BTCUSDT_1d'))).toMatchObject({ source: 'rest', rows: 2922, asked_from: '2017-07-01T00:00:00.000Z', sources: [{ source: 'rest' }], gaps: [] });
  });

  it('takes whole months of minutes from archives and the rest from REST', async () => {
    const start = Date.UTC(2026, 7, 20);
    const exchange = await testExchange(minutes(Date.UTC(2026, 10, 3, 0, 30), start));
    const root = await marketRoot(exchange);
    const update = await root.update(MINUTES, { format: 'parquet' });
    const days = (Date.UTC(2026, 10, 3) - start) / DAY_MS;
    expect(update).toMatchObject({ source: 'auto', format: 'parquet', rows: days * 1440 + 30, path: 'data/raw/binance_BTCUSDT_1m' });
    // the clock, the first bar, and 2910 bars of November in three pages; August to October are archives
    expect([update.requests, update.weight]).toEqual([5, 9]);
    expect(exchange.requests.filter(({ path }) => path.startsWith('/data/')).map(({ path }) => path.slice(-30))).toHaveLength(6);
    const manifest = await root.manifest('binance_BTCUSDT_1m');
    expect(manifest.sources?.map(({ source, from }) => [source, from.slice(0, 10)])).toEqual([['dumps', '2026-08-20'], ['rest', '2026-11-01']]);
    expect(manifest.archives?.map(({ name, rows }) => [name, rows])).toEqual([['BTCUSDT-1m-2026-08.zip', 12 * 1440], ['BTCUSDT-1m-2026-09.zip', 30 * 1440], ['BTCUSDT-1m-2026-10.zip', 31 * 1440]]);
    expect(await root.store.list('data/downloads/')).toEqual([]);
    expect(rowsOf(await stored(root, MINUTES))).toEqual(await truth(exchange, '1m', start));
  });

  it('works from archives alone: months, then days', async () => {
    const exchange = await testExchange({ nowMs: Date.UTC(2024, 2, 2, 12), markets: [{ symbol: 'BTCUSDT', interval: '1h', sample: { seed: 1, startMs: START_MS } }] });
    const root = await marketRoot(exchange);
    const update = await root.update({ symbol: 'BTCUSDT', interval: '1h' }, { source: 'dumps', startMs: START_MS });
    // February appears on the first Monday of March, the fourth
    expect(update).toMatchObject({ source: 'dumps', rows: 61 * 24, requests: 0 });
    const names = (await root.manifest('binance_BTCUSDT_1h')).archives?.map(({ name }) => name) ?? [];
    expect([names.length, names[0], names[1], names.at(-1)]).toEqual([31, 'BTCUSDT-1h-2024-01.zip', 'BTCUSDT-1h-2024-02-01.zip', 'BTCUSDT-1h-2024-03-01.zip']);
  });

  it('stops where the archives end, however far ahead the clock of this machine is', async () => {
    const exchange = await testExchange({ nowMs: Date.UTC(2024, 2, 5, 12), markets: [{ symbol: 'BTCUSDT', interval: '1h', sample: { seed: 1, startMs: START_MS } }] });
    const root = await marketRoot(exchange);
    const ahead = { source: 'dumps', startMs: START_MS, nowMs: () => Date.UTC(2045, 0, 1) } as const;
    const archives = (): number => exchange.requests.filter(({ path }) => path.startsWith('/data/')).length;
    // March has four days so far
    expect(await root.update({ symbol: 'BTCUSDT', interval: '1h' }, ahead)).toMatchObject({ rows: 64 * 24 });
    const first = archives();
    expect(first).toBeLessThan(200);
    expect(root.log.at(-1)).toMatch(/^there is no archive of BTCUSDT 1h for two months from 2024-03-05 on, .* clock of this machine/);
    await root.update({ symbol: 'BTCUSDT', interval: '1h' }, ahead);
    expect(archives() - first).toBeLessThan(200);
  });

  it('says of archives that the clock may be wrong when there is no bar', async () => {
    const root = await marketRoot(await testExchange());
    await expect(root.update(DAILY, { source: 'dumps', nowMs: () => Date.UTC(2015, 0, 1) })).rejects.toMatchObject({ code: 'BAD_DATA', hint: expect.stringContaining('the clock of this machine') as string });
  });

  it('says how the series begins where that is not the start that was asked for', async () => {
    const exchange = await testExchange(years(1));
    const root = await marketRoot(exchange);
    const firstMs = NOW - 12 * HOUR_MS - Math.round(365.25) * DAY_MS;
    expect(await root.update(DAILY, { startMs: firstMs + 10 * DAY_MS })).not.toHaveProperty('startNote');
    expect(await root.update(DAILY)).not.toHaveProperty('startNote');
    expect(await root.update(DAILY, { startMs: firstMs + 20 * DAY_MS })).toMatchObject({ startNote: 'stored bars stay', fromMs: firstMs + 10 * DAY_MS });
    expect(await root.update(DAILY, { startMs: firstMs - 10 * DAY_MS })).toMatchObject({ startNote: 'source has none before', fromMs: firstMs });
    const other = await marketRoot(exchange);
    expect(await other.update(DAILY, { startMs: firstMs - 1000 })).not.toHaveProperty('startNote');
  });

  it('begins at the listing and asks for nothing before it', async () => {
    const exchange = await testExchange(minutes(Date.UTC(2026, 10, 10), Date.UTC(2026, 9, 25)));
    const root = await marketRoot(exchange);
    const update = await root.update(MINUTES, { startMs: Date.UTC(2018, 0, 1) });
    expect(update.rows).toBe(16 * 1440);
    expect(exchange.requests.filter(({ path }) => path.startsWith('/data/'))).toHaveLength(2);
    expect(update.requests).toBe(2 + Math.ceil((9 * 1440) / 1000));
  });

  it('says so when there is no bar', async () => {
    const exchange = await testExchange();
    const root = await marketRoot(exchange);
    await expect(root.update(DAILY, { startMs: exchange.nowMs() + DAY_MS })).rejects.toMatchObject({ code: 'BAD_DATA', message: expect.stringContaining('no closed bar of BTCUSDT 1d since 2024-03-02') as string });
    expect(await root.store.list('data/')).toEqual([]);
    const none = await testExchange({ markets: [{ symbol: 'BTCUSDT', interval: '1d', sample: { seed: 1, startMs: Date.UTC(2030, 0, 1) } }] });
    const error: unknown = await (await marketRoot(none)).update(DAILY).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'BAD_DATA', hint: expect.not.stringContaining('--start') as string });
    expect(error).toMatchObject({ hint: expect.stringContaining('no bars of 1d') as string });
  });
});

describe('a later update', () => {
  it('costs two requests, changes no byte while nothing has closed, and adds what has', async () => {
    const exchange = await testExchange();
    const root = await marketRoot(exchange);
    await root.update(DAILY);
    const before = [await root.text(CSV), await root.text(CSV.replace('.csv', '.manifest.json'))];
    exchange.advance(6 * HOUR_MS);
    expect(await root.update(DAILY)).toMatchObject({ added: 0, requests: 2, weight: 3 });
    expect([await root.text(CSV), await root.text(CSV.replace('.csv', '.manifest.json'))]).toEqual(before);
    exchange.advance(6 * HOUR_MS); // 00:00:00.000: the day has closed
    expect(await root.update(DAILY)).toMatchObject({ added: 1, requests: 2, weight: 3, restated: [] });
    expect((await root.text(CSV)).startsWith(before[0])).toBe(true);
    expect(rowsOf(await stored(root))).toEqual(await truth(exchange, '1d', 0));
  });

  it('is the same file however the time was cut into updates', async () => {
    const exchange = await testExchange();
    const [often, once] = [await marketRoot(exchange), await marketRoot(exchange)];
    for (let i = 0; i < 12; i += 1) {
      await often.update(DAILY);
      exchange.advance(17 * HOUR_MS * (i % 4));
    }
    await often.update(DAILY);
    await once.update(DAILY);
    for (const path of [CSV, CSV.replace('.csv', '.manifest.json')]) expect(await often.text(path)).toBe(await once.text(path));
  });

  it('records a restated bar and stores its new values', async () => {
    const exchange = await testExchange();
    const root = await marketRoot(exchange);
    await root.update(DAILY);
    const openMs = Date.UTC(2024, 1, 28);
    const old = (await stored(root)).volume[58];
    exchange.restate('BTCUSDT', '1d', openMs, { volume: old + 1 });
    const { restated } = await root.update(DAILY);
    expect(restated).toEqual([{ open: '2024-02-28T00:00:00.000Z', noticed: '2024-03-01T12:00:00.000Z', source: 'rest', before: { volume: old }, after: { volume: old + 1 } }]);
    expect((await stored(root)).volume[58]).toBe(old + 1);
    exchange.advance(DAY_MS);
    expect(await root.update(DAILY)).toMatchObject({ added: 1, restated: [] });
    expect((await root.manifest('binance_BTCUSDT_1d')).restated).toEqual(restated);
  });

  it('notices an archive that was published anew', async () => {
    const exchange = await testExchange(minutes(Date.UTC(2026, 10, 3), Date.UTC(2026, 9, 1)));
    const root = await marketRoot(exchange);
    await root.update(MINUTES);
    const openMs = Date.UTC(2026, 9, 5, 7, 3);
    exchange.restate('BTCUSDT', '1m', openMs, { volume: 12.5 }, { in: 'both' });
    const update = await root.update(MINUTES);
    expect(update.restated).toMatchObject([{ open: '2026-10-05T07:03:00.000Z', source: 'dumps', after: { volume: 12.5 } }]);
    expect(root.log.join('\n')).toContain('BTCUSDT-1m-2026-10.zip was published anew');
    expect(await root.update(MINUTES)).toMatchObject({ restated: [], added: 0 });
  });

  it('reaches back once when an earlier start is asked for', async () => {
    const exchange = await testExchange(years(2));
    const root = await marketRoot(exchange);
    await root.update(DAILY, { startMs: NOW - 100 * DAY_MS });
    expect(await root.update(DAILY, { startMs: Date.UTC(2018, 0, 1) })).toMatchObject({ added: 632, rows: 731 });
    expect(rowsOf(await stored(root))).toEqual(await truth(exchange, '1d', 0));
    expect(await root.update(DAILY, { startMs: Date.UTC(2018, 0, 1) })).toMatchObject({ added: 0, requests: 2 });
    expect(await root.update(DAILY, { startMs: NOW })).toMatchObject({ added: 0, rows: 731 });
  });

  it('keeps a gap as a fact that the exchange has confirmed', async () => {
    const exchange = await testExchange({ nowMs: START_MS + 3 * DAY_MS, markets: [{ symbol: 'BTCUSDT', interval: '1h', sample: { seed: 1, startMs: START_MS }, outages: [{ fromMs: START_MS + 10.5 * HOUR_MS, toMs: START_MS + 13 * HOUR_MS }] }] });
    const root = await marketRoot(exchange);
    const update = await root.update({ symbol: 'BTCUSDT', interval: '1h' });
    expect(update).toMatchObject({ rows: 70, gaps: [{ from: '2024-01-01T11:00:00.000Z', to: '2024-01-01T12:00:00.000Z', bars: 2, confirmed: true }] });
    expect(await root.update({ symbol: 'BTCUSDT', interval: '1h' }, { repair: true })).toMatchObject({ requests: 2, added: 0 });
  });
});

describe('archives that cannot be used', () => {
  const market = minutes(Date.UTC(2026, 10, 3), Date.UTC(2026, 8, 25));
  it.each([
    ['a wrong checksum', { checksum: 'wrong' }],
    ['a zip inside', { archive: 'nested' }],
    ['a bomb', { archive: 'bomb' }],
  ] as const)('%s: their bars come from REST, and the manifest says so', async (_, alteration) => {
    const exchange = await testExchange(market);
    const [spoilt, plain] = [await marketRoot(exchange), await marketRoot(exchange)];
    await plain.update(MINUTES, { source: 'rest' });
    exchange.alterArchive('BTCUSDT-1m-2026-10.zip', alteration);
    const { refusedArchives } = await spoilt.update(MINUTES);
    expect(refusedArchives).toMatchObject([{ name: 'BTCUSDT-1m-2026-10.zip', rows: 0, refused: expect.any(String) as string }]);
    expect(await spoilt.text('data/raw/binance_BTCUSDT_1m.csv')).toBe(await plain.text('data/raw/binance_BTCUSDT_1m.csv'));
    expect((await spoilt.manifest('binance_BTCUSDT_1m')).sources?.map(({ source }) => source)).toEqual(['dumps', 'rest']);
  });

  it.each([{ kind: 'reset' }, { kind: 'status', status: 403 }, { kind: 'status', status: 451 }, { kind: 'status', status: 204 }] as const)('a site that fails (%j): everything comes from REST', async (fault) => {
    const exchange = await testExchange(market);
    const root = await marketRoot(exchange);
    exchange.faults.add({ path: /^\/data\//, times: Infinity, ...fault });
    const update = await root.update(MINUTES);
    expect(update).toMatchObject({ source: 'rest', rows: 39 * 1440 });
    expect(root.log.filter((line) => line.includes('going on with REST'))).toHaveLength(1);
  });
});

describe('bars that were put there by hand', () => {
  it('are joined to the exchange\'s when they are the same market, and the unfinished last one is corrected', async () => {
    const exchange = await testExchange();
    const root = await marketRoot(exchange);
    await root.update(DAILY);
    const klines = takeKlines(await stored(root), Array.from({ length: 30 }, (_, row) => row));
    klines.volume[29] /= 4;
    const whole = await root.text(CSV);
    await root.store.remove(CSV.replace('.csv', '.manifest.json'));
    await writeFile(join(root.folder, CSV), formatKlinesCsv(klines));
    const update = await root.update(DAILY);
    expect(update).toMatchObject({ added: 30, source: 'file+rest', restated: [{ open: '2024-01-30T00:00:00.000Z' }] });
    expect(await root.text(CSV)).toBe(whole);
  });

  it('are refused when they are another market\'s', async () => {
    const exchange = await testExchange();
    const root = await marketRoot(exchange);
    await root.update(DAILY);
    const klines = takeKlines(await stored(root), [0, 1, 2, 3, 4]);
    klines.open.fill(1);
    await root.store.remove(CSV.replace('.csv', '.manifest.json'));
    await writeFile(join(root.folder, CSV), formatKlinesCsv(klines));
    const before = await root.text(CSV);
    await expect(root.update(DAILY)).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('are not those that the exchange has for BTCUSDT 1d') as string });
    expect(await root.text(CSV)).toBe(before);
  });
});

describe('an update that is stopped', () => {
  it('keeps what was fetched, and goes on from there to the same bytes', async () => {
    const exchange = await testExchange({ ...years(8), pageLimit: 100 });
    const [stopped, whole] = [await marketRoot(exchange), await marketRoot(exchange)];
    await whole.update(DAILY);
    for (const at of [3, 9, 9]) {
      const stop = new AbortController();
      const sources = stopped.open();
      const fetching = updateKlines(stopped.store, DAILY, { ...sources, signal: stop.signal, onProgress: (fetched) => (fetched >= at * 100 ? stop.abort(new Error('stopped')) : undefined) });
      await expect(fetching).rejects.toThrow('stopped');
    }
    const kept = klineCount(await stored(stopped));
    expect(kept).toBeGreaterThan(2000);
    expect((await stopped.update(DAILY)).added).toBe(2922 - kept);
    for (const path of [CSV, CSV.replace('.csv', '.manifest.json')]) expect(await stopped.text(path)).toBe(await whole.text(path));
  });

  it('keeps what was fetched when the exchange fails for good', async () => {
    const exchange = await testExchange(years(8));
    const root = await marketRoot(exchange);
    exchange.faults.add({ path: '/api/v3/klines', nth: 3, times: Infinity, kind: 'status', status: 503 });
    await expect(root.update(DAILY)).rejects.toMatchObject({ code: 'TEMPORARY' });
    expect(klineCount(await stored(root))).toBe(2000);
  });

  it('of two at once, the second waits and finds everything done', async () => {
    const exchange = await testExchange();
    const root = await marketRoot(exchange);
    const both = await Promise.all([root.update(DAILY), root.update(DAILY)]);
    expect(both.map(({ added }) => added).sort((a, b) => a - b)).toEqual([0, 60]);
    const held = root.store.withLock(CSV, {}, () => root.update(DAILY, { lock: { waitMs: 100, staleMs: 2000 } }));
    await expect(held).rejects.toMatchObject({ code: 'TEMPORARY', message: expect.stringContaining('Another process is working on') as string });
  });
});

it('decides by the exchange\'s clock which bar is closed, not by this machine\'s', async () => {
  const exchange = await testExchange();
  const root = await marketRoot(exchange);
  const fast = (): number => exchange.nowMs() + 3 * DAY_MS;
  const client = openExchange({ http: createHttpClient(), baseUrls: [exchange.url], nowMs: fast, monotonicMs: fast, sleep: exchange.sleep, random: () => 0.5 });
  await root.update(DAILY, { exchange: client, nowMs: fast });
  expect(rowsOf(await stored(root))).toEqual(await truth(exchange, '1d', 0));
  expect(sliceKlines(await stored(root), 59).closeTimeMs[0]).toBeLessThan(exchange.nowMs());
});
