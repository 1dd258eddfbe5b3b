import { describe, expect, it } from 'vitest';
import { ask, MINUTE_MS, START_MS, testExchange } from './test-exchange.js';

const klines = '/api/v3/klines?symbol=BTCUSDT&interval=1d&limit=1';
const futures = { symbol: 'BTCUSDT', interval: '1d', venue: 'usdm', sample: { seed: 1, startMs: START_MS } } as const;

describe('weight', () => {
  it.each([
    ['/api/v3/ping', 1],
    ['/api/v3/time', 1],
    ['/api/v3/exchangeInfo', 20],
    [klines, 2],
    ['/api/v3/uiKlines?symbol=BTCUSDT&interval=1d&limit=1000', 2],
    ['/api/v3/klines?symbol=NOPEUSDT&interval=1d', 2],
    ['/fapi/v1/time', 1],
    ['/fapi/v1/exchangeInfo', 1],
    ['/fapi/v1/klines?symbol=BTCUSDT&interval=1d&limit=99', 1],
    ['/fapi/v1/klines?symbol=BTCUSDT&interval=1d&limit=100', 2],
    ['/fapi/v1/klines?symbol=BTCUSDT&interval=1d', 5],
    ['/fapi/v1/klines?symbol=BTCUSDT&interval=1d&limit=1000', 5],
    ['/fapi/v1/klines?symbol=BTCUSDT&interval=1d&limit=1001', 10],
  ])('of %s', async (path, weight) => {
    const exchange = await testExchange({ markets: [{ ...futures, venue: 'spot' }, futures] });
    const { headers } = await ask(exchange, path);
    expect([headers.get('x-mbx-used-weight-1m'), headers.get('x-mbx-used-weight')]).toEqual([String(weight), String(weight)]);
    expect(exchange.usedWeight(path.startsWith('/fapi') ? 'usdm' : 'spot')).toBe(weight);
    expect(exchange.requests).toMatchObject([{ weight }]);
  });

  it('counts up to the turn of the minute, by its own clock', async () => {
    const exchange = await testExchange();
    exchange.advance(59_999);
    for (let i = 0; i < 3; i += 1) await ask(exchange, klines);
    expect(exchange.usedWeight()).toBe(6);
    exchange.advance(1);
    expect(exchange.usedWeight()).toBe(0);
    expect((await ask(exchange, klines)).headers.get('x-mbx-used-weight-1m')).toBe('2');
  });
});

describe('over the limit', () => {
  it('answers 429 until the minute is over', async () => {
    const exchange = await testExchange({ weightLimit: 4 });
    exchange.advance(20_000);
    expect((await ask(exchange, klines)).status).toBe(200);
    expect((await ask(exchange, klines)).status).toBe(200);
    const refused = await ask(exchange, klines);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('40');
    expect(refused.headers.get('x-mbx-used-weight-1m')).toBe('6');
    expect(refused.text).toContain('current limit is 4 request weight per 1 MINUTE');
    exchange.advance(40_000);
    expect((await ask(exchange, klines)).status).toBe(200);
  });

  it('bans those who go on, each time for longer, and lets them in again', async () => {
    const exchange = await testExchange({ weightLimit: 2, patience: 2 });
    const statuses = async (count: number): Promise<number[]> => {
      const seen: number[] = [];
      for (let i = 0; i < count; i += 1) seen.push((await ask(exchange, klines)).status);
      return seen;
    };
    expect(await statuses(4)).toEqual([200, 429, 429, 418]);
    const banned = await ask(exchange, klines);
    const untilMs = exchange.nowMs() + 2 * MINUTE_MS;
    expect(banned.headers.get('retry-after')).toBe('120');
    expect(banned.text).toBe(`{"code":-1003,"msg":"Way too much request weight used; IP banned until ${untilMs}. Please use WebSocket Streams for live updates to avoid bans."}`);
    exchange.setTime(untilMs - 1);
    expect(await statuses(1)).toEqual([418]);
    exchange.setTime(untilMs);
    expect(await statuses(4)).toEqual([200, 429, 429, 418]);
    expect((await ask(exchange, klines)).headers.get('retry-after')).toBe('240');
  });

  it('is shared by all addresses, but not by spot and futures', async () => {
    const exchange = await testExchange({ weightLimit: 2, hosts: 2, markets: [{ ...futures, venue: 'spot' }, futures] });
    expect((await fetch(exchange.urls[1] + klines)).status).toBe(200);
    expect((await ask(exchange, klines)).status).toBe(429);
    expect((await ask(exchange, '/fapi/v1/time')).status).toBe(200);
    expect(exchange.requests.map(({ host, status }) => [host, status])).toEqual([[1, 200], [0, 429], [0, 200]]);
  });

  it('may come from others behind the same address', async () => {
    const exchange = await testExchange();
    exchange.useWeight(5999);
    expect((await ask(exchange, klines)).status).toBe(429);
    exchange.advance(MINUTE_MS);
    exchange.ban(5000);
    expect(await ask(exchange, klines)).toMatchObject({ status: 418 });
  });
});
