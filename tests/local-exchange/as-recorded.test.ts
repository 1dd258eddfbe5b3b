// The local exchange against what the real one answered.
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeShared, readBytes, sharedPath } from '../support/shared.js';
import type { MarketSpec } from './options.js';
import { recordedRowsOfCsv, type RecordedRow } from './recorded-bars.js';
import { ask, testExchange } from './test-exchange.js';
import { unzipMembers } from './unzip-members.js';

const AFTER_ALL = Date.UTC(2027, 0, 1);
const recorded = (name: string): string => readBytes(sharedPath('data/fixtures/binance', name)).toString();
const rowsOf = (text: string): RecordedRow[] => JSON.parse(text) as RecordedRow[];

describeShared('answers that were recorded', () => {
  const files = readdirSync(sharedPath('data/fixtures/binance')).filter((name) => /^klines_[A-Z]+_\w+_[\d-]+\.json$/.test(name));

  it('are there', () => expect(files.length).toBeGreaterThan(4));

  it.each(files)('%s is served in the same characters', async (name) => {
    const [, symbol, interval] = name.split('_') as [string, string, string];
    const text = recorded(name);
    const exchange = await testExchange({ markets: [{ symbol, interval, rows: rowsOf(text) }], nowMs: AFTER_ALL });
    const answer = await ask(exchange, `/api/v3/klines?symbol=${symbol}&interval=${interval}&startTime=0&limit=1000`);
    expect(answer.text).toBe(text.replaceAll(/\s/g, ''));
  });

  it('of an hour with an outage too', async () => {
    const text = readBytes(sharedPath('data/bad_input/klines_BTCUSDT_1h_2023-03-01_outage.json')).toString();
    const exchange = await testExchange({ markets: [{ symbol: 'BTCUSDT', interval: '1h', rows: rowsOf(text) }], nowMs: AFTER_ALL });
    const answer = await ask(exchange, '/api/v3/klines?symbol=BTCUSDT&interval=1h&startTime=0&limit=1000');
    expect(answer.text).toBe(text.replaceAll(/\s/g, ''));
  });

  it.each([
    ['exchangeInfo_full_2021-10-12.json.gz', '/api/v3/exchangeInfo', 'spot', []],
    ['nautilus_docs_exchange_info_response.json', '/api/v3/exchangeInfo', 'spot', ['sors']],
    ['nautilus_http_futures_market_exchange_info.json', '/fapi/v1/exchangeInfo', 'usdm', []],
  ] as const)('%s has no field that ours lacks', async (name, path, venue, left) => {
    const real = JSON.parse(recorded(name)) as { symbols: Record<string, unknown>[] };
    const [first] = real.symbols as [Record<string, unknown>];
    const market: MarketSpec = { symbol: String(first.symbol), interval: '1d', venue, sample: { seed: 1, startMs: Date.UTC(2024, 0, 1) } };
    const exchange = await testExchange({ markets: [market], nowMs: AFTER_ALL });
    const ours = JSON.parse((await ask(exchange, path)).text) as { symbols: Record<string, unknown>[] };
    expect(Object.keys(ours)).toEqual(expect.arrayContaining(Object.keys(real).filter((key) => !(left as readonly string[]).includes(key))));
    for (const symbol of real.symbols) expect(Object.keys(ours.symbols[0] as object)).toEqual(expect.arrayContaining(Object.keys(symbol)));
    for (const key of ['symbol', 'baseAsset', 'quoteAsset']) expect(ours.symbols[0]?.[key]).toBe(first[key]);
  });

  it('server time has the same form', async () => {
    const exchange = await testExchange({ nowMs: (JSON.parse(recorded('nautilus_http_spot_market_time.json')) as { serverTime: number }).serverTime });
    expect((await ask(exchange, '/api/v3/time')).text).toBe(recorded('nautilus_http_spot_market_time.json').replaceAll(/\s/g, ''));
  });
});

describeShared('refusals that were recorded', () => {
  interface Refusal {
    readonly api: string;
    readonly status: number;
    readonly body: string;
  }
  const { items } = JSON.parse(readBytes(sharedPath('data/fixtures/errors.json')).toString()) as { items: Refusal[] };
  const refusals = items.filter(({ api }) => api === 'binance');

  it.each(refusals.map(({ status, body }) => [status, body] as const))('%i %s', async (status, body) => {
    const klines = '/api/v3/klines?symbol=BTCUSDT&interval=1d';
    const bannedUntil = /banned until (\d+)/.exec(body)?.[1];
    const exchange = await testExchange({ nowMs: bannedUntil === undefined ? Date.UTC(2026, 0, 1) : Number(bannedUntil) - 120_000 });
    if (status === 400) {
      expect(await ask(exchange, klines.replace('BTCUSDT', 'NOPE'))).toMatchObject({ status, text: body });
      return;
    }
    if (status === 451) exchange.faults.add({ kind: 'status', status });
    else exchange.useWeight(6000);
    if (status === 418) exchange.ban();
    const answer = await ask(exchange, klines);
    expect(answer).toMatchObject({ status, text: body });
    if (status !== 451) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describeShared('real archives', () => {
  it.each(['2024-01', '2024-12', '2025-01'])('BTCUSDT-1d-%s has the rows of the served one', async (period) => {
    const [member] = await unzipMembers(readBytes(sharedPath(`data/binance/dumps/BTCUSDT-1d-${period}.zip`)));
    const csv = (member?.bytes ?? Buffer.alloc(0)).toString();
    const exchange = await testExchange({ markets: [{ symbol: 'BTCUSDT', interval: '1d', rows: recordedRowsOfCsv(csv) }], nowMs: AFTER_ALL });
    const response = await fetch(`${exchange.url}/data/spot/monthly/klines/BTCUSDT/1d/BTCUSDT-1d-${period}.zip`);
    const [served] = await unzipMembers(Buffer.from(await response.arrayBuffer()));
    expect(served).toEqual({ name: member?.name, bytes: member?.bytes });
  });

  it('of hours, on both sides of the change to microseconds', async () => {
    for (const period of ['2024-12', '2025-01']) {
      const csv = readBytes(sharedPath(`data/binance/dumps/BTCUSDT-1h-${period}.csv`)).toString();
      const exchange = await testExchange({ markets: [{ symbol: 'BTCUSDT', interval: '1h', rows: recordedRowsOfCsv(csv) }], nowMs: AFTER_ALL });
      const response = await fetch(`${exchange.url}/data/spot/monthly/klines/BTCUSDT/1h/BTCUSDT-1h-${period}.zip`);
      const [served] = await unzipMembers(Buffer.from(await response.arrayBuffer()));
      expect(served?.bytes.toString()).toBe(csv);
    }
  });

  it('of futures have the same header and rows', async () => {
    const csv = readBytes(sharedPath('data/binance/dumps/FILUSDT-1m-2025-02.head1500.csv')).toString();
    const exchange = await testExchange({ markets: [{ symbol: 'FILUSDT', interval: '1m', venue: 'usdm', rows: recordedRowsOfCsv(csv) }], nowMs: AFTER_ALL });
    const response = await fetch(`${exchange.url}/data/futures/um/monthly/klines/FILUSDT/1m/FILUSDT-1m-2025-02.zip`);
    const [served] = await unzipMembers(Buffer.from(await response.arrayBuffer()));
    expect(served?.bytes.toString()).toBe(csv);
  });
});
