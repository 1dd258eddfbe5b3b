import { describe, expect, it } from 'vitest';
import { FORECASTLAB_HEADER } from './csv-columns.js';
import { formatKlinesCsv } from './format-klines-csv.js';
import { createKlines, type KlineColumn } from './klines.js';
import { parseKlinesCsv } from './parse-klines-csv.js';
import { fixturePath, readBytes } from '../../../../tests/support/shared.js';

const T0 = Date.UTC(2018, 0, 1);

describe('formatKlinesCsv', () => {
  it('writes shortest round-trip numbers, whole ones with a decimal where values may have decimals', () => {
    const klines = createKlines(1);
    const bar: Record<KlineColumn, number> = {
      openTimeMs: T0, open: 13715.65, high: 13818.55, low: 12750, close: 0.00002853, volume: 1e21, closeTimeMs: T0 + 86_399_999,
      quoteVolume: 114799747.44197057, tradeCount: 105595, takerBuyBase: 1e-7, takerBuyQuote: Number.NaN,
    };
    for (const [column, value] of Object.entries(bar)) klines[column as KlineColumn][0] = value;
    expect(formatKlinesCsv(klines)).toBe(
      `${FORECASTLAB_HEADER}\n2018-01-01T00:00:00+00:00,13715.65,13818.55,12750.0,0.00002853,1e+21,1514764800000,1514851199999,114799747.44197057,105595,1e-7,\n`,
    );
  });

  it('writes what it has read byte for byte', () => {
    const bytes = readBytes(fixturePath('synthetic/klines.csv'));
    expect(formatKlinesCsv(parseKlinesCsv(bytes, { fileName: 'klines.csv' }).klines)).toBe(bytes.toString());
  });

  it('writes milliseconds only where there are any, and CRLF on request', () => {
    const klines = createKlines(1);
    klines.openTimeMs[0] = T0 + 250;
    expect(formatKlinesCsv(klines, { lineEnd: '\r\n' })).toContain('volume\r\n2018-01-01T00:00:00.250+00:00,0.0,');
    expect(formatKlinesCsv(createKlines(0))).toBe(`${FORECASTLAB_HEADER}\n`);
  });
});
