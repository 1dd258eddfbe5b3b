import { describe, expect, it } from 'vitest';
import { exchangeInfo, exchangeInfoMaxBytes, weightPerMinute } from './exchange-info.js';

const limit = { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: 6000 };

describe('exchangeInfo', () => {
  it('keeps what is needed and takes what it does not know', () => {
    const info = exchangeInfo.parse({ x: 1, rateLimits: [7, { rateLimitType: 'NEW' }, limit], symbols: [{ symbol: 'BTCUSDT', status: 'NEW_KIND', baseAsset: 'BTC', quoteAsset: 5, filters: [] }] });
    expect(info.symbols).toEqual([{ symbol: 'BTCUSDT', status: 'NEW_KIND', baseAsset: 'BTC', quoteAsset: '' }]);
    expect(weightPerMinute(info)).toBe(6000);
    expect(weightPerMinute(exchangeInfo.parse({ symbols: [] }))).toBeUndefined();
  });

  it.each([
    [[], 'not an object'],
    [null, 'not an object'],
    [{}, 'not an array'],
    [{ symbols: { length: 1 } }, 'not an array'],
    [{ symbols: [{ symbol: 'A' }, { symbol: 7 }] }, 'without the name of a symbol'],
    [{ symbols: [null] }, 'without the name'],
    [{ symbols: [{ symbol: 'A'.repeat(51) }] }, 'without the name'],
    [{ symbols: Array.from({ length: 20_001 }, () => ({ symbol: 'A' })) }, '20001 entries, more than 20000'],
  ])('refuses %#', (json, message) => {
    const result = exchangeInfo.safeParse(json);
    expect(result.success).toBe(false);
    expect(result.error?.issues[0]?.message).toContain(message);
  });

  it('looks at a hundred limits, and shows no name as it came', () => {
    const info = exchangeInfo.parse({ rateLimits: [...Array.from({ length: 100 }, () => 7), limit], symbols: [{ symbol: 'A\u001b[2J' }] });
    expect(weightPerMinute(info)).toBeUndefined();
    expect(info.symbols[0]?.symbol).toBe('A [2J');
  });

  it('is short for a few names', () => {
    expect(exchangeInfoMaxBytes(1)).toBeLessThan(1_000_000);
    expect(exchangeInfoMaxBytes(100)).toBeGreaterThan(2_000_000);
    expect(exchangeInfoMaxBytes()).toBe(exchangeInfoMaxBytes(100_000));
  });
});
