// Answers that cannot be trusted: nothing that is stored is lost to one of them, and what it lacked comes in with the next.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importKlines, readKlinesFile, readStoredKlines } from '@forecastlab/core/node';
import { formatKlinesCsv, klineCount, sliceKlines, takeKlines } from '@forecastlab/core';
import { DAY_MS, HOUR_MS, START_MS, testExchange } from '../local-exchange/test-exchange.js';
import type { LocalExchange } from '../local-exchange/start-local-exchange.js';
import { marketRoot, type MarketRoot } from './market-root.js';

const HOURLY = { symbol: 'BTCUSDT', interval: '1h' };
const CSV = 'data/raw/binance_BTCUSDT_1h.csv';
const MANIFEST = 'data/raw/binance_BTCUSDT_1h.manifest.json';
const OUTAGE = { fromMs: START_MS + 500 * HOUR_MS, toMs: START_MS + 503 * HOUR_MS };
const klinesPath = '/api/v3/klines';

async function hourly(days = 60, outages: readonly { fromMs: number; toMs: number }[] = []): Promise<{ exchange: LocalExchange; root: MarketRoot }> {
  const exchange = await testExchange({ nowMs: START_MS + days * DAY_MS, markets: [{ symbol: 'BTCUSDT', interval: '1h', sample: { seed: 1, startMs: START_MS }, outages }] });
  return { exchange, root: await marketRoot(exchange) };
}
const files = (root: MarketRoot): Promise<string[]> => Promise.all([CSV, MANIFEST].map(root.text));

describe('a single faulty answer', () => {
  it.each([
    ['lacks rows in its middle', { kind: 'rows', edit: 'drop-middle' }],
    ['is empty', { kind: 'edit', edit: () => '[]' }],
  ] as const)('that %s leaves no hole', async (_, fault) => {
    const { exchange, root } = await hourly();
    const plain = await marketRoot(exchange);
    await plain.update(HOURLY);
    exchange.faults.add({ path: klinesPath, nth: 2, ...fault });
    await root.update(HOURLY);
    expect(await files(root)).toEqual(await files(plain));
  });

  it('takes nothing away while doubts are settled', async () => {
    const { exchange, root } = await hourly(60, [OUTAGE]);
    await root.update(HOURLY);
    const whole = await files(root);
    const manifest = JSON.parse(whole[1]) as { gaps: { confirmed?: boolean }[]; confirmed?: unknown };
    expect(manifest.gaps).toMatchObject([{ confirmed: true }]);
    for (const gap of manifest.gaps) delete gap.confirmed;
    delete manifest.confirmed;
    const rowsBefore = (body: string): string => JSON.stringify((JSON.parse(body) as number[][]).filter(([openMs]) => openMs < OUTAGE.fromMs));
    for (const edit of [() => '[]', rowsBefore]) {
      writeFileSync(join(root.folder, MANIFEST), JSON.stringify(manifest));
      const remove = exchange.faults.add({ path: klinesPath, nth: 2, times: Infinity, kind: 'edit', edit });
      const { gaps, rows, restated } = await root.update(HOURLY, { repair: true });
      expect({ gaps: gaps.map(({ confirmed }) => confirmed), rows, restated }).toEqual({ gaps: [undefined], rows: 60 * 24 - 3, restated: [] });
      remove();
      await root.update(HOURLY);
      expect(await files(root)).toEqual(whole);
    }
  });
});

it('a gap costs one question more, once', async () => {
  const { exchange, root } = await hourly(60, [OUTAGE]);
  const first = await root.update(HOURLY);
  expect(first.gaps).toMatchObject([{ bars: 3, confirmed: true }]);
  expect(first.requests).toBe(1 + 2 + 1);
  expect((await root.update(HOURLY)).requests).toBe(2);
  exchange.advance(HOUR_MS);
  expect((await root.update(HOURLY)).requests).toBe(2);
});

it('an exchange with a shorter history than the store takes nothing away', async () => {
  const { exchange, root } = await hourly(90);
  await root.update(HOURLY);
  const klines = (await readStoredKlines(root.store, HOURLY))?.parsed.klines;
  if (klines === undefined) throw new Error('nothing stored');
  const young = await testExchange({ nowMs: exchange.nowMs(), markets: [{ symbol: 'BTCUSDT', interval: '1h', klines: sliceKlines(klines, 1500) }] });
  const other = await marketRoot(young);
  const gappy = takeKlines(klines, Array.from({ length: klineCount(klines) }, (_, row) => row).filter((row) => ![100, 101, 400].includes(row)));
  const path = join(other.folder, 'BTCUSDT_1h.csv');
  writeFileSync(path, formatKlinesCsv(gappy));
  await importKlines(other.store, HOURLY, [await readKlinesFile(path)], { nowMs: () => young.nowMs() });
  const update = await other.update(HOURLY, { repair: true });
  expect(update).toMatchObject({ rows: klineCount(gappy), restated: [] });
  expect(update.gaps.map(({ confirmed }) => confirmed)).toEqual([undefined, undefined]);
});

describe('the exchange\'s clock', () => {
  it('that is behind by years changes nothing', async () => {
    const { exchange, root } = await hourly();
    await root.update(HOURLY);
    const before = await files(root);
    exchange.faults.add({ path: '/api/v3/time', times: Infinity, kind: 'time', byMs: -365 * DAY_MS });
    await expect(root.update(HOURLY, { repair: true })).rejects.toMatchObject({ code: 'TEMPORARY', message: expect.stringContaining('stored bars close later') as string });
    expect(await files(root)).toEqual(before);
  });

  it('takes an open bar away that came in by a wrong clock, until it has closed', async () => {
    const { exchange, root } = await hourly();
    const plain = await marketRoot(exchange);
    exchange.advance(HOUR_MS / 2);
    exchange.faults.add({ path: '/api/v3/time', kind: 'time', byMs: 2 * HOUR_MS });
    await root.update(HOURLY, { exchange: root.open().exchange });
    await plain.update(HOURLY);
    const open = (await readStoredKlines(root.store, HOURLY))?.parsed.klines;
    expect(open === undefined ? 0 : klineCount(open)).toBe(60 * 24 + 1);
    await root.update(HOURLY);
    expect(root.log.join('\n')).toContain('has not closed yet by the exchange\'s clock');
    expect(await root.text(CSV)).toBe(await plain.text(CSV));
  });
});

describe('imports', () => {
  it('of another market are noticed by the next update', async () => {
    const { exchange, root } = await hourly();
    await root.update(HOURLY);
    const klines = sliceKlines((await readStoredKlines(root.store, HOURLY))?.parsed.klines ?? (() => { throw new Error('none'); })(), 0, 300);
    const dear = { ...klines, ...Object.fromEntries((['open', 'high', 'low', 'close', 'quoteVolume', 'takerBuyQuote'] as const).map((column) => [column, klines[column].map((value) => value * 50)])) };
    const other = await marketRoot(exchange);
    const path = join(other.folder, 'eth.csv');
    writeFileSync(path, formatKlinesCsv(dear));
    await importKlines(other.store, HOURLY, [await readKlinesFile(path)], { nowMs: () => exchange.nowMs() });
    const before = readFileSync(join(other.folder, CSV), 'utf8');
    await expect(other.update(HOURLY)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(readFileSync(join(other.folder, CSV), 'utf8')).toBe(before);
  });

  it('leave out the last bar of a file that is too short to tell whether it is whole', async () => {
    const { exchange, root } = await hourly();
    await root.update(HOURLY);
    const klines = sliceKlines((await readStoredKlines(root.store, HOURLY))?.parsed.klines ?? (() => { throw new Error('none'); })(), 0, 20);
    const other = await marketRoot(exchange);
    const path = join(other.folder, 'BTCUSDT_1h.csv');
    writeFileSync(path, formatKlinesCsv(klines));
    const report = await importKlines(other.store, HOURLY, [await readKlinesFile(path)], { nowMs: () => exchange.nowMs() });
    expect(report).toMatchObject({ rows: 19, warnings: [expect.stringContaining('too few bars to tell') as string] });
    await other.update(HOURLY);
    expect(await other.text(CSV)).toBe(await root.text(CSV));
  });
});

it('a file that was cut is repaired with as many questions as there are pages missing', async () => {
  const days = 2000;
  const exchange = await testExchange({ nowMs: START_MS + days * DAY_MS, markets: [{ symbol: 'BTCUSDT', interval: '1d', sample: { seed: 1, startMs: START_MS } }] });
  const root = await marketRoot(exchange);
  const daily = { symbol: 'BTCUSDT', interval: '1d' };
  await root.update(daily);
  const path = join(root.folder, 'data/raw/binance_BTCUSDT_1d.csv');
  const whole = readFileSync(path);
  writeFileSync(path, whole.subarray(0, 20_000));
  await expect(root.update(daily)).rejects.toMatchObject({ code: 'BAD_FILE', hint: expect.stringContaining('--repair') as string });
  // the clock, two pages of lost bars, and the newest bars
  expect(await root.update(daily, { repair: true })).toMatchObject({ rows: days, requests: 4 });
  expect(readFileSync(path)).toEqual(whole);
  expect(readFileSync(`${path}.damaged`)).toEqual(whole.subarray(0, 20_000));
  expect(root.log.filter((line) => line.includes('are not those that were stored'))).toHaveLength(1);
});

it('a file that was cut in bars of archives comes back the same', async () => {
  const exchange = await testExchange({ nowMs: Date.UTC(2024, 4, 8), markets: [{ symbol: 'BTCUSDT', interval: '15m', sample: { seed: 1, startMs: START_MS } }] });
  const root = await marketRoot(exchange);
  const quarters = { symbol: 'BTCUSDT', interval: '15m' };
  await root.update(quarters);
  const paths = ['data/raw/binance_BTCUSDT_15m.csv', 'data/raw/binance_BTCUSDT_15m.manifest.json'];
  const whole = await Promise.all(paths.map(root.text));
  expect(whole[1]).toContain('BTCUSDT-15m-2024-04.zip');
  for (const share of [0.2, 0.6, 0.99]) {
    writeFileSync(join(root.folder, paths[0]), whole[0].slice(0, Math.floor(whole[0].length * share)));
    await root.update(quarters, { repair: true });
    expect(await root.text(paths[0])).toBe(whole[0]);
    // a few bars of the month of the cut came from REST, and the manifest says so
    const { sources: _, ...facts } = JSON.parse(await root.text(paths[1])) as { sources: unknown };
    expect({ ...(JSON.parse(whole[1]) as object), sources: undefined }).toEqual({ ...facts, sources: undefined });
  }
});
