// The client for Binance's REST against a local exchange that behaves as Binance does, over real connections, with every fault.
import { describe, expect, it } from 'vitest';
import { createHttpClient, type Exchange, type ExchangeOptions, type HttpClient, openExchange } from '../packages/core/src/node/index.js';
import { createKlines, KLINE_COLUMNS, type Klines, klineCount, sliceKlines, takeKlines } from '../packages/core/src/klines/klines.js';
import type { FaultEffect } from './local-exchange/faults.js';
import { sampleKlines } from './local-exchange/sample-klines.js';
import type { LocalExchange } from './local-exchange/start-local-exchange.js';
import { DAY_MS, HOUR_MS, MINUTE_MS, START_MS, testExchange } from './local-exchange/test-exchange.js';

const client = createHttpClient();

/** The client under test; time passes only where it sleeps. */
function connect(local: LocalExchange, options: Partial<ExchangeOptions> & { readonly timeoutMs?: number } = {}): Exchange {
  const { timeoutMs, ...rest } = options;
  const http: HttpClient = timeoutMs === undefined ? client : { ...client, get: (request) => client.get({ ...request, timeoutMs }) };
  return openExchange({ http, baseUrls: local.urls, nowMs: local.nowMs, monotonicMs: local.nowMs, sleep: local.sleep, random: () => 0.5, ...rest });
}

async function collect(pages: AsyncIterable<Klines>): Promise<Klines> {
  const all: Klines[] = [];
  for await (const page of pages) all.push(page);
  const joined = createKlines(all.reduce((sum, page) => sum + klineCount(page), 0));
  let row = 0;
  for (const page of all) {
    for (const column of KLINE_COLUMNS) joined[column].set(page[column], row);
    row += klineCount(page);
  }
  return joined;
}

const asked = (local: LocalExchange, path: string): number => local.requests.filter((request) => request.path.endsWith(path)).length;
const btc = { symbol: 'BTCUSDT', interval: '1d' };
const hourly = { symbol: 'BTCUSDT', interval: '1h' };
const hourlyMarket = { symbol: 'BTCUSDT', interval: '1h', sample: { seed: 1, startMs: START_MS } } as const;

describe('bars', () => {
  it('takes three of weight for a daily update, and nothing of the open bar', async () => {
    const local = await testExchange();
    const exchange = connect(local);
    const klines = await collect(exchange.fetchKlines(btc, { fromMs: Date.UTC(2024, 1, 28) }));
    const made = sampleKlines('1d', { seed: 1, startMs: START_MS, untilMs: Date.UTC(2024, 2, 1) });
    expect(klines).toEqual(sliceKlines(made, klineCount(made) - 2));
    expect(exchange.usage()).toEqual({ requests: 2, weight: 3, waitedMs: 0, weightLimit: null });
    expect(local.requests[1]?.headers['user-agent']).toMatch(/^forecastlab\//);
  });

  it.each([1000, 1001, 5000, 5001, 5500])('asks for %i bars in as few pages as there can be', async (bars) => {
    const nowMs = START_MS + bars * HOUR_MS + 1;
    const local = await testExchange({ markets: [hourlyMarket], nowMs });
    const klines = await collect(connect(local).fetchKlines(hourly, { fromMs: 0 }));
    expect(klines).toEqual(sampleKlines('1h', { seed: 1, startMs: START_MS, untilMs: START_MS + bars * HOUR_MS }));
    expect(asked(local, '/klines')).toBe(Math.ceil(bars / 1000));
  });

  it('gives the span that is asked for', async () => {
    const local = await testExchange({ markets: [hourlyMarket], nowMs: START_MS + 9000 * HOUR_MS });
    const klines = await collect(connect(local).fetchKlines(hourly, { fromMs: START_MS + 1500 * HOUR_MS - 1, toMs: START_MS + 4000 * HOUR_MS }));
    expect([klines.openTimeMs[0], klines.openTimeMs.at(-1), klineCount(klines)]).toEqual([START_MS + 1500 * HOUR_MS, START_MS + 3999 * HOUR_MS, 2500]);
    expect(asked(local, '/klines')).toBe(3);
    expect(klineCount(await collect(connect(local).fetchKlines(hourly, { fromMs: START_MS, toMs: START_MS })))).toBe(0);
    expect(asked(local, '/klines')).toBe(3);
  });

  it.each(['1w', '1M'])('counts %s by the calendar', async (interval) => {
    const untilMs = START_MS + 30 * 365 * DAY_MS;
    const local = await testExchange({ markets: [{ symbol: 'BTCUSDT', interval, sample: { seed: 1, startMs: START_MS } }], nowMs: untilMs });
    const klines = await collect(connect(local).fetchKlines({ symbol: 'BTCUSDT', interval }, { fromMs: START_MS }));
    const made = sampleKlines(interval, { seed: 1, startMs: START_MS, untilMs: untilMs + 31 * DAY_MS });
    const closed = made.closeTimeMs.filter((time) => time < untilMs);
    expect(klines.closeTimeMs).toEqual(closed);
    expect(asked(local, '/klines')).toBe(Math.ceil(closed.length / 1000));
  });

  it('passes over outages, short and long', async () => {
    const outages = [
      { fromMs: START_MS + 1200.5 * HOUR_MS, toMs: START_MS + 1207 * HOUR_MS },
      { fromMs: START_MS + 3000 * HOUR_MS, toMs: START_MS + 9500 * HOUR_MS },
    ];
    const local = await testExchange({ markets: [{ ...hourlyMarket, outages }], nowMs: START_MS + 12_000 * HOUR_MS + 1 });
    const klines = await collect(connect(local).fetchKlines(hourly, { fromMs: START_MS }));
    const made = sampleKlines('1h', { seed: 1, startMs: START_MS, untilMs: START_MS + 12_000 * HOUR_MS });
    const there = [...made.openTimeMs.keys()].filter((row) => row <= 1200 || (row >= 1207 && row < 3000) || row >= 9500);
    expect(klines.openTimeMs).toEqual(takeKlines(made, there).openTimeMs);
    expect(asked(local, '/klines')).toBeLessThan(13);
  });

  it('stops soon where a market has ended', async () => {
    const local = await testExchange({ markets: [{ ...hourlyMarket, sample: { seed: 1, startMs: START_MS, endMs: START_MS + 1005 * HOUR_MS }, status: 'BREAK' }], nowMs: START_MS + 200_000 * HOUR_MS });
    expect(klineCount(await collect(connect(local).fetchKlines(hourly, { fromMs: START_MS })))).toBe(1005);
    expect(asked(local, '/klines')).toBeLessThan(10);
  });

  it('loses nothing when the exchange gives shorter pages than before', async () => {
    const local = await testExchange({ markets: [hourlyMarket], nowMs: START_MS + 2345 * HOUR_MS, pageLimit: 100 });
    expect(klineCount(await collect(connect(local).fetchKlines(hourly, { fromMs: START_MS })))).toBe(2345);
  });

  it('neither loses nor repeats bars that are off the grid', async () => {
    // From bar 995 on everything opens 14.789 s late, later the same early, and then on the grid again.
    const shift = (bar: number): number => (bar >= 995 && bar < 2005 ? 14_789 : bar >= 2500 && bar < 3200 ? -14_789 : 0);
    const open = (bar: number): number => START_MS + bar * HOUR_MS + shift(bar);
    const rows = Array.from({ length: 3500 }, (_, bar) => [open(bar), '1', '2', '1', '2', '3', Math.min(open(bar + 1), open(bar) + HOUR_MS) - 1, '4', 5, '1', '1', '0']);
    const local = await testExchange({ markets: [{ symbol: 'BTCUSDT', interval: '1h', rows }], nowMs: START_MS + 3501 * HOUR_MS });
    for (const fromMs of [0, START_MS + HOUR_MS, START_MS + 1500 * HOUR_MS, START_MS + 1501 * HOUR_MS, START_MS + 3000 * HOUR_MS]) {
      const klines = await collect(connect(local).fetchKlines(hourly, { fromMs }));
      expect([...klines.openTimeMs]).toEqual(rows.map((row) => row[0]).filter((time) => (time as number) >= fromMs));
    }
  });

  it('asks futures for pages that cost least', async () => {
    const market = { ...hourlyMarket, venue: 'usdm' } as const;
    const local = await testExchange({ markets: [market], nowMs: START_MS + 2000 * HOUR_MS + 1 });
    const exchange = connect(local, { venue: 'usdm' });
    const klines = await collect(exchange.fetchKlines({ ...hourly, venue: 'usdm' }, { fromMs: 0 }));
    expect(klineCount(klines)).toBe(2000);
    expect(exchange.usage()).toMatchObject({ requests: 6, weight: 10 });
    expect(klineCount(await collect(exchange.fetchKlines({ ...hourly, venue: 'usdm' }, { fromMs: START_MS + 1901 * HOUR_MS })))).toBe(99);
    expect(exchange.usage()).toMatchObject({ requests: 7, weight: 11 });
    expect(local.usedWeight('usdm')).toBe(11);
  });

  it('judges by the exchange\'s clock which bars are closed', async () => {
    const local = await testExchange();
    const fast = connect(local, { nowMs: () => local.nowMs() + 3 * DAY_MS });
    expect((await collect(fast.fetchKlines(btc, { fromMs: START_MS }))).openTimeMs.at(-1)).toBe(Date.UTC(2024, 1, 29));
    local.faults.add({ kind: 'time', byMs: -DAY_MS, path: '/api/v3/time' });
    expect((await collect(connect(local).fetchKlines(btc, { fromMs: START_MS }))).openTimeMs.at(-1)).toBe(Date.UTC(2024, 1, 28));
  });
});

describe('faults that pass', () => {
  const effects: FaultEffect[] = [
    { kind: 'status', status: 500 },
    { kind: 'status', status: 502 },
    { kind: 'status', status: 503 },
    { kind: 'status', status: 504 },
    { kind: 'status', status: 429, retryAfterSeconds: 7 },
    { kind: 'status', status: 429, headers: { 'Retry-After': 'soon' } },
    { kind: 'status', status: 418, retryAfterSeconds: 100 },
    { kind: 'html' },
    { kind: 'reset' },
    { kind: 'cut' },
    { kind: 'hang' },
    { kind: 'hang', afterBytes: 10 },
    { kind: 'no-length' },
    { kind: 'until-close', afterBytes: 100 },
    { kind: 'gzip' },
    { kind: 'empty' },
    { kind: 'edit', edit: () => '{"code":0,"msg":"ok"}' },
  ];
  const cases = effects.flatMap((effect) => ['/time', '/klines'].map((path) => ({ effect, path, name: `${JSON.stringify(effect)} at ${path}` })));
  it.each(cases)('$name', async ({ effect, path }) => {
    const local = await testExchange({ markets: [hourlyMarket], nowMs: START_MS + 3500 * HOUR_MS + 1 });
    local.faults.add({ ...effect, path: `/api/v3${path}`, nth: path === '/time' ? 1 : 3 });
    const klines = await collect(connect(local, { timeoutMs: 300 }).fetchKlines(hourly, { fromMs: 0 }));
    expect(klines).toEqual(sampleKlines('1h', { seed: 1, startMs: START_MS, untilMs: START_MS + 3500 * HOUR_MS }));
    expect(local.requests.filter(({ fault }) => fault !== undefined)).toHaveLength(1);
  });

  it('everybody is silent while the exchange asks for it', async () => {
    const local = await testExchange({ markets: [hourlyMarket], nowMs: START_MS + 9500 * HOUR_MS + 1 });
    local.faults.add({ kind: 'status', status: 429, retryAfterSeconds: 40, path: /klines/, nth: 2 });
    const exchange = connect(local);
    expect(klineCount(await collect(exchange.fetchKlines(hourly, { fromMs: 0 })))).toBe(9500);
    const refused = local.requests.findIndex(({ status }) => status === 429);
    const nextTimes = new Set(local.requests.slice(refused + 4).map(({ timeMs }) => timeMs));
    expect([...nextTimes]).toEqual([START_MS + 9500 * HOUR_MS + 40_001]);
    expect(exchange.usage().waitedMs).toBe(40_000);
  });
});

describe('faults that stay', () => {
  const fetchAll = async (local: LocalExchange, options: Parameters<typeof connect>[1] = {}): Promise<unknown> =>
    collect(connect(local, options).fetchKlines(btc, { fromMs: START_MS })).catch((error: unknown) => error);

  it.each([500, 503, 429] as const)('status %i: temporary, after a bounded number of requests', async (status) => {
    const local = await testExchange();
    local.faults.add({ kind: 'status', status, path: /klines/, times: Infinity });
    expect(await fetchAll(local)).toMatchObject({ code: 'TEMPORARY', message: expect.stringContaining('127.0.0.1') as string });
    expect(asked(local, '/klines')).toBeLessThan(8);
  });

  it('a host that is down: temporary, and named', async () => {
    const local = await testExchange({ hosts: 2 });
    await local.down();
    const error = await fetchAll(local);
    expect(error).toMatchObject({ code: 'TEMPORARY', details: { hosts: local.urls.map((url) => new URL(url).host) } });
  });

  it('451: the next host is asked, and kept; everywhere: the way out', async () => {
    const local = await testExchange({ hosts: 3 });
    local.faults.add({ kind: 'status', status: 451, host: 0, times: Infinity });
    local.faults.add({ kind: 'status', status: 403, host: 1, times: Infinity });
    expect(await fetchAll(local)).toMatchObject({ open: expect.any(Float64Array) as Float64Array });
    expect(local.requests.map(({ host }) => host)).toEqual([0, 1, 2, 2]);
    local.faults.add({ kind: 'status', status: 451, times: Infinity });
    expect(await fetchAll(local, { baseUrls: [local.urls[0] as string] })).toMatchObject({
      code: 'FAILED',
      message: expect.stringContaining('from this location') as string,
      hint: expect.stringMatching(/--base-url.*--source dumps/) as string,
      details: { status: 451 },
    });
  });

  it.each(['duplicate', 'reverse'] as const)('rows that are wrong (%s) are refused', async (edit) => {
    const local = await testExchange();
    local.faults.add({ kind: 'rows', edit, path: /klines/, times: Infinity });
    expect(await fetchAll(local)).toMatchObject({ code: 'FAILED', message: expect.stringMatching(/127\.0\.0\.1:\d+, klines of BTCUSDT 1d from 2024-01-01T00:00:00.000Z, row \d+: the bar/) as string });
  });

  it('a symbol or interval that there is not', async () => {
    const local = await testExchange();
    const exchange = connect(local);
    await expect(collect(exchange.fetchKlines({ symbol: 'BTCUSD', interval: '1d' }, { fromMs: 0 }))).rejects.toMatchObject({ code: 'BAD_OPTION', details: { symbol: 'BTCUSD', exchangeCode: -1121 } });
    local.faults.add({ kind: 'status', status: 400, body: '{"code":-1120,"msg":"Invalid interval."}', path: /klines/ });
    await expect(collect(exchange.fetchKlines(btc, { fromMs: 0 }))).rejects.toMatchObject({ code: 'BAD_OPTION', message: expect.stringContaining('1d') as string });
  });

  it('ends at once with the reason of the signal', async () => {
    const local = await testExchange({ markets: [hourlyMarket], nowMs: START_MS + 9500 * HOUR_MS });
    const controller = new AbortController();
    const reason = new Error('stop');
    local.faults.add({ kind: 'hang', path: /klines/, nth: 3, times: Infinity });
    const work = collect(connect(local, { signal: controller.signal }).fetchKlines(hourly, { fromMs: 0 }));
    await expect.poll(() => asked(local, '/klines')).toBeGreaterThan(3);
    controller.abort(reason);
    await expect(work).rejects.toBe(reason);
  });
});

describe('the limit of weight', () => {
  const minutes = { symbol: 'BTCUSDT', interval: '1m', sample: { seed: 1, startMs: START_MS } } as const;
  const minutely = { symbol: 'BTCUSDT', interval: '1m' };

  // Small pages: many requests for few bars.
  it('is asked for when it matters, and never passed', async () => {
    const local = await testExchange({ markets: [hourlyMarket], nowMs: START_MS + 1455 * HOUR_MS, weightLimit: 320, pageLimit: 10 });
    const exchange = connect(local);
    expect(klineCount(await collect(exchange.fetchKlines(hourly, { fromMs: 0 })))).toBe(1455);
    expect(asked(local, '/exchangeInfo')).toBe(1);
    expect(exchange.usage()).toMatchObject({ weight: 146 * 2 + 21, weightLimit: 320 });
    expect(exchange.usage().waitedMs).toBeGreaterThan(0);
    expect(local.requests.every(({ status }) => status === 200)).toBe(true);
  });

  it('is shared with other programs at the same address', async () => {
    const local = await testExchange({ markets: [minutes], nowMs: START_MS + 9500 * MINUTE_MS + 1 });
    local.useWeight(5990);
    const exchange = connect(local);
    expect(klineCount(await collect(exchange.fetchKlines(minutely, { fromMs: 0 })))).toBe(9500);
    // time (1), the first page, the limit (20) would be too much by then: only the first two may be refused
    expect(local.requests.filter(({ status }) => status !== 200).length).toBeLessThan(2);
    expect(exchange.usage().waitedMs).toBeGreaterThan(0);
  });

  it('is shared by all symbols', async () => {
    const symbols = ['AUSDT', 'BUSDT', 'CUSDT'];
    const local = await testExchange({ markets: symbols.map((symbol) => ({ ...hourlyMarket, symbol })), nowMs: START_MS + 500 * HOUR_MS, weightLimit: 320, pageLimit: 10 });
    const exchange = connect(local);
    const counts = await Promise.all(symbols.map(async (symbol) => klineCount(await collect(exchange.fetchKlines({ symbol, interval: '1h' }, { fromMs: 0 })))));
    expect(counts).toEqual([500, 500, 500]);
    expect(asked(local, '/time')).toBe(1);
    expect(asked(local, '/exchangeInfo')).toBe(1);
    expect(local.requests.every(({ status }) => status === 200)).toBe(true);
  });
});

describe('bans', () => {
  it('end the work, and the next process asks nothing until they are over', async () => {
    const local = await testExchange({ hosts: 2 });
    let noted: number | undefined;
    const bans = { read: async () => noted, write: async (untilMs: number) => void (noted = untilMs) };
    local.ban(3_600_000);
    const error: unknown = await connect(local, { bans }).serverTimeMs().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'TEMPORARY', message: expect.stringContaining('until 2024-03-01T13:00:00.000Z') as string });
    expect(noted).toBe(local.nowMs() + 3_600_000);
    expect(local.requests).toHaveLength(1);
    await expect(connect(local, { bans }).serverTimeMs()).rejects.toMatchObject({ code: 'TEMPORARY' });
    expect(local.requests).toHaveLength(1);
    local.advance(3_600_000);
    expect(await connect(local, { bans }).serverTimeMs()).toBe(local.nowMs());
  });

  it('are waited for when they are short', async () => {
    const local = await testExchange();
    local.ban(90_000);
    const exchange = connect(local);
    expect(await exchange.serverTimeMs()).toBe(local.nowMs());
    expect(exchange.usage().waitedMs).toBe(90_000);
  });
});

describe('symbols', () => {
  const listed = ['BTCUSDT', 'ETHUSDT', 'BTCUSDC', 'VENBTC'].map((symbol) => ({ ...hourlyMarket, symbol, status: symbol === 'VENBTC' ? 'BREAK' : 'TRADING' }));

  it('are found in one request', async () => {
    const local = await testExchange({ markets: listed });
    const exchange = connect(local);
    const found = await exchange.checkSymbols(['ETHUSDT', 'VENBTC', 'ETHUSDT']);
    expect([...found.entries()]).toEqual([
      ['ETHUSDT', { symbol: 'ETHUSDT', status: 'TRADING', baseAsset: 'ETH', quoteAsset: 'USDT' }],
      ['VENBTC', { symbol: 'VENBTC', status: 'BREAK', baseAsset: 'VEN', quoteAsset: 'BTC' }],
    ]);
    expect(exchange.usage()).toMatchObject({ requests: 1, weight: 20, weightLimit: 6000 });
    expect(local.requests[0]?.query).toEqual({ symbols: '["ETHUSDT","VENBTC"]' });
  });

  it('that there are not come with those that were meant', async () => {
    const local = await testExchange({ markets: listed });
    const found = await connect(local).checkSymbols(['BTCUSD', 'ETHUSDT', 'eth/usdt', 'NOTHING']);
    expect(found.get('ETHUSDT')).toMatchObject({ status: 'TRADING' });
    expect(found.get('BTCUSD')).toMatchObject({ code: 'BAD_OPTION', hint: 'Did you mean BTCUSDT, BTCUSDC?' });
    expect(found.get('eth/usdt')).toMatchObject({ code: 'BAD_OPTION', hint: 'Did you mean ETHUSDT?' });
    expect(found.get('NOTHING')).toMatchObject({ code: 'BAD_OPTION', hint: expect.stringContaining('written like BTCUSDT') as string });
    expect(asked(local, '/exchangeInfo')).toBe(1);
    await connect(local).checkSymbols(['BTCUSD']);
    expect(asked(local, '/exchangeInfo')).toBe(3);
  });

  it('of futures', async () => {
    const local = await testExchange({ markets: [{ ...hourlyMarket, venue: 'usdm' }] });
    const found = await connect(local, { venue: 'usdm' }).checkSymbols(['BTCUSDT', 'btcusdt']);
    expect(found.get('BTCUSDT')).toMatchObject({ baseAsset: 'BTC' });
    expect(found.get('btcusdt')).toMatchObject({ hint: 'Did you mean BTCUSDT?' });
    expect(asked(local, '/fapi/v1/exchangeInfo')).toBe(1);
  });
});
