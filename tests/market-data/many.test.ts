// Twelve markets under a small weight limit: the budget is kept, no more than a few run at a time, and one that fails is named.
import { expect, it } from 'vitest';
import { type Market, readStoredKlines, updateMarkets } from '@forecastlab/core/node';
import { DAY_MS, testExchange } from '../local-exchange/test-exchange.js';
import { marketRoot } from './market-root.js';

/** A full minute, where it is doubtful in which of two the exchange counts a request. */
const NOW = Date.UTC(2026, 10, 26, 12);
const DAYS = 2600;
const SYMBOLS = Array.from({ length: 12 }, (_, i) => `COIN${String.fromCharCode(65 + i)}USDT`);
const LIMIT = 60;
const FAILING = SYMBOLS[5];

it('stays within the budget of weight, and finishes all but the one that fails', async () => {
  const exchange = await testExchange({ nowMs: NOW, weightLimit: LIMIT, markets: SYMBOLS.map((symbol, seed) => ({ symbol, interval: '1d', sample: { seed, startMs: NOW - 12 * 3_600_000 - DAYS * DAY_MS } })) });
  exchange.faults.add({ path: '/api/v3/klines', query: { symbol: FAILING }, times: Infinity, kind: 'rows', edit: 'reverse' });
  const root = await marketRoot(exchange);
  const sources = root.open();
  const [begun, atOnce, told] = [new Set<string>(), [] as number[], [] as string[]];
  const markets = SYMBOLS.map((symbol): Market => ({ symbol, interval: '1d' }));
  const { updated, failed } = await updateMarkets(root.store, markets, {
    ...sources,
    source: 'rest',
    exchange: {
      ...sources.exchange,
      fetchKlines: (market, span) => {
        begun.add(market.symbol);
        atOnce.push(begun.size - told.length);
        return sources.exchange.fetchKlines(market, span);
      },
    },
    onMarket: ({ symbol }) => told.push(symbol),
  });

  expect(updated.map(({ symbol, rows }) => [symbol, rows])).toEqual(SYMBOLS.filter((symbol) => symbol !== FAILING).map((symbol) => [symbol, DAYS]));
  expect(failed).toMatchObject([{ symbol: FAILING, interval: '1d', error: { code: 'FAILED', message: expect.stringContaining(`klines of ${FAILING} 1d`) as string } }]);
  expect(await readStoredKlines(root.store, { symbol: FAILING, interval: '1d' })).toBeUndefined();
  expect([...told].sort()).toEqual(SYMBOLS);
  expect([Math.max(...atOnce), atOnce.length]).toEqual([4, 12]);

  expect(new Set(exchange.requests.map(({ status }) => status))).toEqual(new Set([200]));
  const perMinute = new Map<number, number>();
  for (const { timeMs, weight } of exchange.requests) perMinute.set(Math.floor(timeMs / 60_000), (perMinute.get(Math.floor(timeMs / 60_000)) ?? 0) + weight);
  // never more than nine tenths of the limit, and no minute more than is needed
  expect(Math.max(...perMinute.values())).toBeLessThanOrEqual(LIMIT * 0.9);
  expect([perMinute.size, [...perMinute.values()].reduce((sum, weight) => sum + weight, 0)]).toEqual([2, 89]);
  const { requests, weight, weightLimit } = sources.exchange.usage();
  // clock 1, symbols 20, three pages of each market, one of the failing
  expect([requests, weight, weightLimit]).toEqual([2 + 11 * 3 + 1, 21 + 2 * (11 * 3 + 1), LIMIT]);
  expect(root.log).toContain('Binance spot: the requests of this minute are used up: waiting until 2026-11-26T12:01:00.500Z');
});

it('a name that is none fails by itself, and leads nowhere', async () => {
  const exchange = await testExchange();
  const root = await marketRoot(exchange);
  const { updated, failed } = await updateMarkets(root.store, ['BTCUSDT', '../../x', '__proto__'].map((symbol): Market => ({ symbol, interval: '1d' })), { ...root.open(), source: 'dumps', startMs: Date.UTC(2024, 0, 1) });
  expect(updated.map(({ symbol }) => symbol)).toEqual(['BTCUSDT']);
  expect(failed.map(({ symbol, error }) => [symbol, error.code])).toEqual([['../../x', 'BAD_OPTION'], ['__proto__', 'BAD_OPTION']]);
});
