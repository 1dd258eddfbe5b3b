import { describe, expect, it } from 'vitest';
import { ask, START_MS, testExchange } from './test-exchange.js';

const sample = { seed: 1, startMs: START_MS };
const markets = [
  { symbol: 'BTCUSDT', interval: '1d', sample },
  { symbol: 'BTCUSDT', interval: '1h', sample },
  { symbol: 'ETHBTC', interval: '1d', sample },
  { symbol: 'BCCBTC', interval: '1d', sample, status: 'BREAK' },
  { symbol: 'BTCUSDT', interval: '1d', venue: 'usdm', sample },
] as const;

interface Info {
  readonly serverTime: number;
  readonly rateLimits: readonly { readonly rateLimitType: string; readonly limit: number }[];
  readonly symbols: readonly Record<string, unknown>[];
}

const info = async (query = '', path = '/api/v3/exchangeInfo'): Promise<Info> => JSON.parse((await ask(await testExchange({ markets, weightLimit: 1234 }), path + query)).text) as Info;
const names = ({ symbols }: Info): unknown[] => symbols.map(({ symbol }) => symbol);

describe('exchangeInfo', () => {
  it('lists each symbol once, with its assets and status', async () => {
    const { symbols } = await info();
    expect(symbols.map(({ symbol, baseAsset, quoteAsset, status }) => [symbol, baseAsset, quoteAsset, status])).toEqual([
      ['BTCUSDT', 'BTC', 'USDT', 'TRADING'],
      ['ETHBTC', 'ETH', 'BTC', 'TRADING'],
      ['BCCBTC', 'BCC', 'BTC', 'BREAK'],
    ]);
  });

  it('says the limits and the time', async () => {
    const { rateLimits, serverTime } = await info();
    expect(rateLimits[0]).toMatchObject({ rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: 1234 });
    expect(serverTime).toBe(Date.UTC(2024, 2, 1, 12));
  });

  it('takes one symbol or several', async () => {
    expect(names(await info('?symbol=ETHBTC'))).toEqual(['ETHBTC']);
    expect(names(await info(`?symbols=${encodeURIComponent('["BTCUSDT","BCCBTC"]')}`))).toEqual(['BTCUSDT', 'BCCBTC']);
  });

  it.each([
    ['?symbol=NOPEUSDT', -1121],
    ['?symbol=btcusdt', -1100],
    ['?symbol=', -1105],
    [`?symbols=${encodeURIComponent('["BTCUSDT","NOPEUSDT"]')}`, -1121],
    [`?symbols=${encodeURIComponent('["BTCUSDT", "ETHBTC"]')}`, -1100],
    ['?symbols=BTCUSDT,ETHBTC', -1100],
    [`?symbol=BTCUSDT&symbols=${encodeURIComponent('["BTCUSDT"]')}`, -1128],
  ])('refuses %s', async (query, code) => {
    const { status, text } = await ask(await testExchange({ markets }), `/api/v3/exchangeInfo${query}`);
    expect([status, (JSON.parse(text) as { code: number }).code]).toEqual([400, code]);
  });

  it('of futures lists everything whatever is asked', async () => {
    const { symbols } = await info('?symbol=NOPEUSDT', '/fapi/v1/exchangeInfo');
    expect(symbols).toMatchObject([{ symbol: 'BTCUSDT', contractType: 'PERPETUAL', onboardDate: START_MS, pricePrecision: 2, quantityPrecision: 3 }]);
  });
});
