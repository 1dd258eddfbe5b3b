import type { MarketUpdate } from '@forecastlab/core/node';
import { describe, expect, it } from 'vitest';
import { formatUpdate } from './format-update.js';

const update: MarketUpdate = {
  symbol: 'BTCUSDT', interval: '1d', venue: 'spot', source: 'rest', synthetic: false, path: 'data/raw/binance_BTCUSDT_1d.csv', file: '/data/raw/binance_BTCUSDT_1d.csv', format: 'csv',
  rows: 3, added: 3, fromMs: Date.UTC(2024, 0, 1), toMs: Date.UTC(2024, 0, 3), restated: [], gaps: [], refusedArchives: [],
};
const FIRST = 'data/raw/binance_BTCUSDT_1d.csv: 3 closed bars of BTCUSDT 1d, 2024-01-01 to 2024-01-03, 3 new';

describe('formatUpdate', () => {
  it('is one line when there is nothing to tell', () => {
    expect(formatUpdate(update)).toBe(FIRST);
  });

  it('says how the series begins where that is not the start that was asked for', () => {
    expect(formatUpdate({ ...update, startNote: 'source has none before' })).toBe(`${FIRST}\n  the source has none before 2024-01-01`);
    expect(formatUpdate({ ...update, startNote: 'stored bars stay' })).toBe(`${FIRST}\n  bars from before --start are stored already, from 2024-01-01 on; they stay`);
  });
});
