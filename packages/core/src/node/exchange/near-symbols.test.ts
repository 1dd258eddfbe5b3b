import { describe, expect, it } from 'vitest';
import type { SymbolFacts } from './exchange.js';
import { nearSymbols } from './near-symbols.js';

const facts = (baseAsset: string, quoteAsset: string, status = 'TRADING'): SymbolFacts => ({ symbol: baseAsset + quoteAsset, status, baseAsset, quoteAsset });
const known = [
  facts('BTC', 'USDT'),
  facts('BTC', 'USDC'),
  facts('BTC', 'BUSD', 'BREAK'),
  facts('BTC', 'EUR'),
  facts('ETH', 'USDT'),
  facts('ETH', 'BTC'),
  facts('VEN', 'USDT', 'BREAK'),
  facts('VET', 'USDT'),
  facts('SOL', 'USDT'),
];

describe('nearSymbols', () => {
  it.each([
    ['btcusdt', ['BTCUSDT']],
    ['BTC-USDT', ['BTCUSDT']],
    ['BTC/USDT', ['BTCUSDT']],
    [' btc_usdt', ['BTCUSDT']],
    ['BTC', ['BTCUSDT', 'BTCUSDC', 'BTCEUR', 'BTCBUSD']],
    ['eth', ['ETHUSDT', 'ETHBTC']],
    ['USDTBTC', ['BTCUSDT']],
    ['BTCUSDTT', ['BTCUSDT', 'BTCUSDC']],
    ['BTCSUDT', ['BTCUSDT']],
    ['ven/usdt', ['VETUSDT', 'VENUSDT']],
    ['DOGEUSDT', []],
    ['', []],
    ['???', []],
  ])('%j: %j', (name, near) => {
    expect(nearSymbols(name, known)).toEqual(near);
  });

  it('prefers the usual quote assets to half a name', () => {
    expect(nearSymbols('BTCUSD', known)).toEqual(['BTCUSDT', 'BTCUSDC', 'BTCBUSD']);
  });

  it('gives five names at most', () => {
    expect(nearSymbols('AAA', Array.from({ length: 9 }, (_, i) => facts('AAA', `Q${i}`)))).toHaveLength(5);
  });
});
