import { describe, expect, it } from 'vitest';
import { ForecastLabError } from '../../errors.js';
import { type HttpAnswer, type HttpClient, HttpFailure, type HttpFailureKind } from '../http/http-client.js';
import type { ExchangeOptions } from './exchange.js';
import { openExchange } from './open-exchange.js';

const start = Date.UTC(2026, 0, 1, 0, 0, 30);

type Reply = { readonly status?: number; readonly body?: unknown; readonly headers?: Record<string, string> } | HttpFailureKind;

/** An exchange whose every answer is scripted by (host, path, number of the request), with a clock that only sleeping moves. */
function scripted(reply: (request: { host: string; path: string; number: number; query: URLSearchParams }) => Reply, options: Partial<ExchangeOptions> = {}) {
  const asked: string[] = [];
  const sleeps: number[] = [];
  const logged: string[] = [];
  let nowMs = start;
  const http: HttpClient = {
    open: () => Promise.reject(new Error('not used')),
    get: async ({ url, signal }): Promise<HttpAnswer> => {
      signal?.throwIfAborted();
      const { host, pathname, searchParams } = new URL(url);
      asked.push(host);
      const answer = reply({ host, path: pathname.replace(/^\/(api\/v3|fapi\/v1)/, ''), number: asked.length, query: searchParams });
      if (typeof answer === 'string') throw new HttpFailure(answer, url);
      const { status = 200, body = { serverTime: nowMs }, headers = {} } = answer;
      return { status, headers, body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)) };
    },
  };
  const exchange = openExchange({
    http,
    baseUrls: ['https://a', 'https://b', 'https://c'],
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      sleeps.push(ms);
      nowMs += ms;
    },
    random: () => 0.5,
    log: (text) => logged.push(text),
    ...options,
  });
  return { exchange, asked, sleeps, logged, now: () => nowMs };
}

const time = (setup: ReturnType<typeof scripted>): Promise<unknown> => setup.exchange.serverTimeMs().catch((error: unknown) => error);

describe('hosts', () => {
  it('of the exchange are asked in order, the one for market data first', async () => {
    const setup = scripted(() => 'dns', { baseUrls: undefined });
    expect(await time(setup)).toMatchObject({ code: 'TEMPORARY', message: expect.stringContaining('data-api.binance.vision (no such host), api.binance.com (no such host), api-gcp.binance.com') as string });
    expect(setup.asked).toEqual(['data-api.binance.vision', 'api.binance.com', 'api-gcp.binance.com', 'api1.binance.com', 'api2.binance.com', 'api3.binance.com', 'api4.binance.com']);
    expect(setup.sleeps).toEqual([]);
    const futures = scripted(() => 'dns', { baseUrls: undefined, venue: 'usdm' });
    expect(await time(futures)).toMatchObject({ message: expect.stringContaining('Binance USD-M futures cannot be reached: fapi.binance.com (no such host)') as string });
    expect(futures.asked).toHaveLength(5);
  });

  it.each<[string, Reply, number]>([
    ['refused', 'refused', 0],
    ['dns', 'dns', 0],
    ['timeout', 'timeout', 250],
    ['cut', 'cut', 250],
    ['too long', 'too-long', 250],
    ['tls', 'tls', 250],
    ['500', { status: 500 }, 250],
    ['html', { body: '<html>' }, 250],
    ['another form', { body: { servertime: 1 } }, 250],
    ['451', { status: 451 }, 0],
    ['403', { status: 403 }, 0],
  ])('%s: the next one is asked, and kept', async (_name, reply, sleepMs) => {
    const setup = scripted(({ number }) => (number === 1 ? reply : {}));
    await time(setup);
    expect(setup.sleeps).toEqual(sleepMs === 0 ? [] : [sleepMs]);
    await setup.exchange.checkSymbols(['X']).catch(() => undefined);
    expect(setup.asked.slice(0, 3)).toEqual(['a', 'b', 'b']);
    expect(setup.logged[0]).toContain('https://a');
  });

  it('that refuse are never asked again, those that fail are', async () => {
    const setup = scripted(({ host, number }) => (host === 'a' && number > 2 ? {} : host === 'a' ? 'cut' : { status: 451 }));
    expect(await time(setup)).toBe(setup.now());
    expect(setup.asked).toEqual(['a', 'b', 'c', 'a']);
    const mixed = scripted(({ host }) => (host === 'a' ? 'timeout' : { status: 451 }));
    expect(await time(mixed)).toMatchObject({ code: 'TEMPORARY', message: expect.stringMatching(/a \(no answer in time\).*b \(status 451/) as string });
    expect(mixed.asked).toEqual(['a', 'b', 'c', 'a', 'a', 'a', 'a']);
  });

  it('that all refuse are said at once the second time', async () => {
    const setup = scripted(() => ({ status: 451 }));
    expect(await time(setup)).toMatchObject({ code: 'FAILED', details: { status: 451, hosts: ['a', 'b', 'c'] } });
    expect(await time(setup)).toMatchObject({ code: 'FAILED', details: { status: 451, hosts: ['a', 'b', 'c'] } });
    expect(setup.asked).toHaveLength(3);
  });

  it('waits longer and longer, and not for ever', async () => {
    const setup = scripted(() => ({ status: 503 }), { baseUrls: ['https://a'] });
    expect(await time(setup)).toMatchObject({ code: 'TEMPORARY', message: 'Binance spot cannot be reached: a (status 503).', hint: expect.stringContaining('--base-url') as string });
    expect(setup.sleeps).toEqual([250, 500, 1000, 2000]);
  });

  it('that are none are refused before anything is asked', () => {
    expect(() => scripted(() => ({}), { baseUrls: ['binance'] })).toThrowError('"binance"');
  });
});

describe('rate limits', () => {
  it.each([
    [{ 'retry-after': '7' }, 7000],
    [{}, 60_000],
    [{ 'retry-after': '0' }, 60_000],
  ])('429 %j: silence at the same host', async (headers, waitMs) => {
    const setup = scripted(({ number }) => (number === 1 ? { status: 429, headers } : {}));
    expect(await time(setup)).toBe(start + waitMs);
    expect(setup.asked).toEqual(['a', 'a']);
    expect(setup.sleeps).toEqual([waitMs]);
    expect(setup.exchange.usage()).toMatchObject({ requests: 2, weight: 2, waitedMs: waitMs });
  });

  it('429 again and again: gives up, at the same host', async () => {
    const setup = scripted(() => ({ status: 429, headers: { 'retry-after': '1' } }));
    expect(await time(setup)).toMatchObject({ code: 'TEMPORARY', message: expect.stringContaining('too many requests') as string });
    expect(setup.asked).toEqual(['a', 'a', 'a', 'a', 'a', 'a']);
  });

  it('longer than allowed: says until when', async () => {
    const setup = scripted(() => ({ status: 429, headers: { 'retry-after': '121' } }));
    expect(await time(setup)).toMatchObject({ code: 'TEMPORARY', message: expect.stringContaining('until 2026-01-01T00:02:31.000Z') as string, details: { until: '2026-01-01T00:02:31.000Z' } });
    expect(setup.asked).toHaveLength(1);
    const patient = scripted(({ number }) => (number === 1 ? { status: 429, headers: { 'retry-after': '121' } } : {}), { maxWaitMs: 121_000 });
    expect(await time(patient)).toBe(start + 121_000);
  });

  it('418: waits once when it is short, and is noted', async () => {
    const notes: number[] = [];
    const bans = { read: async () => undefined, write: async (untilMs: number) => void notes.push(untilMs) };
    const setup = scripted(({ number }) => (number === 1 ? { status: 418, headers: { 'retry-after': '120' } } : {}), { bans });
    expect(await time(setup)).toBe(start + 120_000);
    expect(notes).toEqual([start + 120_000]);
    const again = scripted(() => ({ status: 418, headers: { 'retry-after': '120' } }), { bans });
    expect(await time(again)).toMatchObject({ code: 'TEMPORARY', details: { until: new Date(start + 240_000).toISOString() } });
    expect(again.asked).toEqual(['a', 'a']);
  });

  it('418: is told even when it cannot be noted', async () => {
    const bans = { read: async () => undefined, write: () => Promise.reject(new Error('disk full')) };
    const setup = scripted(() => ({ status: 418, headers: { 'retry-after': '7200' } }), { bans });
    expect(await time(setup)).toMatchObject({ code: 'TEMPORARY', message: expect.stringContaining('banned this address until 2026-01-01T02:00:30.000Z') as string });
    expect(setup.logged.join()).toContain('disk full');
  });

  it.each([
    ['a ban under way', 3_600_000, 0],
    ['a ban that is over', -1, 1],
    ['a note of a wrong clock', 4 * 86_400_000, 1],
  ])('%s that was noted', async (_name, leftMs, requests) => {
    const setup = scripted(() => ({}), { bans: { read: async () => start + leftMs, write: async () => undefined } });
    const got = await time(setup);
    expect(setup.asked).toHaveLength(requests);
    if (requests === 0) expect(got).toMatchObject({ code: 'TEMPORARY' });
  });
});

describe('the budget', () => {
  it('is small until the limit is known, which is asked for once', async () => {
    const day = 86_400_000;
    const setup = scripted(({ path, query }) => {
      if (path === '/time') return {};
      if (path === '/exchangeInfo') return { body: { rateLimits: [{ rateLimitType: 'NEW_KIND', limit: 'many' }, 7, { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: 6000 }], symbols: [] } };
      const from = Math.ceil(Number(query.get('startTime')) / day) * day;
      const end = Number(query.get('endTime'));
      const body: unknown[] = [];
      for (let open = from; open <= end && body.length < 1000; open += day) body.push([open, '1', '1', '1', '1', '1', open + day - 1, '1', 1, '1', '1', '0']);
      return { body };
    });
    for (let i = 0; i < 30; i += 1) for await (const page of setup.exchange.fetchKlines({ symbol: 'BTCUSDT', interval: '1d' }, { fromMs: Date.UTC(2012, 0) })) expect(page.close.length).toBeGreaterThan(0);
    expect(setup.exchange.usage()).toMatchObject({ weightLimit: 6000, requests: 1 + 1 + 180, weight: 1 + 20 + 360, waitedMs: 0 });
  });

  it('stays small at a mirror without a description', async () => {
    const setup = scripted(({ path }) => (path === '/time' ? {} : path === '/exchangeInfo' ? { status: 404, body: 'none' } : { body: [] }));
    for (let i = 0; i < 300; i += 1) for await (const page of setup.exchange.fetchKlines({ symbol: 'BTCUSDT', interval: '1d' }, { fromMs: 0 })) expect(page).toBeUndefined();
    expect(setup.exchange.usage()).toMatchObject({ weightLimit: null, requests: 302 });
    expect(setup.sleeps.length).toBeGreaterThan(1);
    expect(Math.max(...setup.sleeps)).toBeLessThanOrEqual(60_000);
  });

  it('waits for nobody who is aborted', async () => {
    const controller = new AbortController();
    const reason = new Error('stop');
    const setup = scripted(() => (controller.abort(reason), { status: 429 }), { signal: controller.signal });
    expect(await time(setup)).toBe(reason);
  });
});

describe('symbols', () => {
  it('are not judged by an answer that is something else', async () => {
    const setup = scripted(() => ({ body: {} }), { baseUrls: ['https://a'] });
    await expect(setup.exchange.checkSymbols(['BTCUSDT'])).rejects.toMatchObject({ code: 'TEMPORARY', message: expect.stringContaining('symbols') as string });
  });

  it('of states and fields that nobody knows are taken', async () => {
    const setup = scripted(() => ({ body: { more: [1], symbols: [{ symbol: 'BTCUSDT', status: 'CANCEL_ONLY', baseAsset: 'BTC', quoteAsset: 'USDT', more: null }] } }));
    expect((await setup.exchange.checkSymbols(['BTCUSDT'])).get('BTCUSDT')).toEqual({ symbol: 'BTCUSDT', status: 'CANCEL_ONLY', baseAsset: 'BTC', quoteAsset: 'USDT' });
  });

  it('that are many are looked up in the whole list', async () => {
    const queries: string[] = [];
    const setup = scripted(({ query }) => (queries.push(query.toString()), { body: { symbols: [{ symbol: 'S7', status: 'TRADING' }] } }));
    const found = await setup.exchange.checkSymbols(Array.from({ length: 101 }, (_, i) => `S${i}`));
    expect(queries).toEqual(['']);
    expect(found.size).toBe(101);
    expect(found.get('S8')).toBeInstanceOf(ForecastLabError);
    expect((await setup.exchange.checkSymbols([])).size).toBe(0);
    expect(queries).toHaveLength(1);
  });

  it('of another venue are refused', () => {
    const setup = scripted(() => ({}), { venue: 'usdm' });
    expect(() => setup.exchange.fetchKlines({ symbol: 'BTCUSDT', interval: '1d' }, { fromMs: 0 })).toThrowError('`usdm`');
  });
});
