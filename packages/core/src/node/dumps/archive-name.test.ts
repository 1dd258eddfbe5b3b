import { describe, expect, it } from 'vitest';
import { parseInterval } from '../../klines/interval.js';
import { archiveName, archiveUrl, barsInPeriod, parseArchiveName, periodSpan } from './archive-name.js';

const BASE = 'https://data.binance.vision';

describe('archives', () => {
  it.each([
    ['spot', '1d', '2024-01', 'data/spot/monthly/klines/BTCUSDT/1d/BTCUSDT-1d-2024-01.zip'],
    ['spot', '1m', '2024-01-05', 'data/spot/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2024-01-05.zip'],
    ['usdm', '1h', '2024-12', 'data/futures/um/monthly/klines/BTCUSDT/1h/BTCUSDT-1h-2024-12.zip'],
    ['spot', '1M', '2024-01', 'data/spot/monthly/klines/BTCUSDT/1mo/BTCUSDT-1mo-2024-01.zip'],
  ] as const)('of %s %s %s lie where the exchange puts them', (venue, interval, period, path) => {
    const market = { symbol: 'BTCUSDT', interval, venue };
    expect(archiveUrl(BASE, market, period)).toBe(`${BASE}/${path}`);
    expect(archiveUrl(`${BASE}//`, market, period)).toBe(`${BASE}/${path}`);
    expect(parseArchiveName(archiveName(market, period))).toEqual({ symbol: 'BTCUSDT', interval, period });
  });

  it('are spot’s by default', () => {
    expect(archiveUrl(BASE, { symbol: 'A1', interval: '1d' }, '2024-01')).toContain('/spot/');
  });

  it.each(['2024', '2024-13', '2024-00', '2024-02-30', '2023-02-29', '2024-1', '2024-01-01T00', '../2024-01', '1999-01', ''])('have no period %j', (period) => {
    expect(() => periodSpan(period)).toThrow('`period` option');
    expect(() => archiveName({ symbol: 'BTCUSDT', interval: '1d' }, period)).toThrow('`period` option');
    expect(parseArchiveName(`BTCUSDT-1d-${period}.zip`)).toBeUndefined();
  });

  it.each(['', 'btcusdt', '../BTC', 'BTC/USDT', 'BTC-USDT', 'B', 'BTCUSDT\n'])('have no symbol %j', (symbol) => {
    expect(() => archiveName({ symbol, interval: '1d' }, '2024-01')).toThrow('`symbol` option');
    expect(() => archiveUrl(BASE, { symbol, interval: '1d' }, '2024-01')).toThrow('`symbol` option');
  });

  it('take names as they are, or not at all', () => {
    expect(parseArchiveName('BTCUSDT_260327-1h-2026-01.zip')).toEqual({ symbol: 'BTCUSDT_260327', interval: '1h', period: '2026-01' });
    for (const name of ['BTCUSDT-1d-2024-01.csv', 'a/BTCUSDT-1d-2024-01.zip', 'BTCUSDT-1M-2024-01.zip', 'BTCUSDT-7d-2024-01.zip', 'BTCUSDT-1d-2024-01.zip.part']) expect(parseArchiveName(name)).toBeUndefined();
    expect(() => archiveName({ symbol: 'BTCUSDT', interval: '7d' }, '2024-01')).toThrow('`interval` option');
  });
});

describe('periods', () => {
  it('are months and days in UTC', () => {
    expect(periodSpan('2024-02')).toEqual({ fromMs: Date.UTC(2024, 1, 1), toMs: Date.UTC(2024, 2, 1) });
    expect(periodSpan('2024-12')).toEqual({ fromMs: Date.UTC(2024, 11, 1), toMs: Date.UTC(2025, 0, 1) });
    expect(periodSpan('2024-12-31')).toEqual({ fromMs: Date.UTC(2024, 11, 31), toMs: Date.UTC(2025, 0, 1) });
  });

  it.each([
    ['1s', '2024-01', 2_678_400],
    ['1d', '2024-02', 29],
    ['12h', '2024-01-05', 2],
    ['1w', '2024-01', 5], // the 1st is a Monday
    ['1w', '2024-02', 4],
    ['1w', '2024-01-01', 1],
    ['1w', '2024-01-02', 0],
    ['1M', '2024-02', 1],
    ['1M', '2024-02-02', 0],
    ['3d', '2024-01', 11],
  ])('hold as many bars of %s as open in %s', (interval, period, bars) => {
    expect(barsInPeriod(parseInterval(interval), period)).toBe(bars);
  });
});
