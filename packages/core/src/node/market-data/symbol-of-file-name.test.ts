import { expect, it } from 'vitest';
import { symbolOfFileName } from './symbol-of-file-name.js';

it.each([
  ['binance_BTCUSDT_1d.csv', 'BTCUSDT'],
  ['BTCUSDT-1h-2024-12.csv', 'BTCUSDT'],
  ['ETHUSDT_1d_12col.csv', 'ETHUSDT'],
  ['sample_SAMPLEUSDT_15m.csv', 'SAMPLEUSDT'],
  ['AAPL_1d.csv', 'AAPL'],
  ['1000SATSUSDT-1h-2025-01.zip', '1000SATSUSDT'],
  ['binance-usdm_BTCUSDT_260327_1h.csv', 'BTCUSDT_260327'],
  ['2024_1d.csv', null],
  ['klines.csv', null],
  ['BTCUSDT_1day.csv', null],
])('finds the symbol in %s', (name, symbol) => {
  expect(symbolOfFileName(name)).toBe(symbol);
});
