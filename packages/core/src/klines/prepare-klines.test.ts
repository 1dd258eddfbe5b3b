import { describe, expect, it } from 'vitest';
import { closedKlines } from './closed-klines.js';
import { formatKlinesCsv } from './format-klines-csv.js';
import { generateSampleMarket, SAMPLE_START_MS } from './generate-sample-market.js';
import { type Klines, takeKlines } from './klines.js';
import type { ParsedKlines } from './parsed-klines.js';
import { parseKlinesCsv } from './parse-klines-csv.js';
import { prepareKlines } from './prepare-klines.js';

const DAY = 86_400_000;
const END = SAMPLE_START_MS + 50 * DAY;
const bars = (rows: readonly number[] = Array.from({ length: 50 }, (_, i) => i)): Klines => takeKlines(generateSampleMarket({ seed: 8, startMs: SAMPLE_START_MS, endMs: END }), rows);
const parsed = (klines: Klines): ParsedKlines => parseKlinesCsv(new TextEncoder().encode(formatKlinesCsv(klines)), { fileName: 'bars.csv' });

describe('closedKlines', () => {
  it.each([
    [END, 50],
    [END - 1, 49], // the last bar's close time is END - 1: the clock must have passed it
    [SAMPLE_START_MS, 0],
  ])('at %d keeps %d bars', (serverTimeMs, kept) => {
    expect(closedKlines(bars(), { serverTimeMs }).close).toHaveLength(kept);
  });

  it('finds open bars wherever they stand', () => {
    expect([...closedKlines(bars([3, 9, 4]), { serverTimeMs: SAMPLE_START_MS + 5 * DAY }).openTimeMs]).toEqual([SAMPLE_START_MS + 3 * DAY, SAMPLE_START_MS + 4 * DAY]);
  });
});

describe('prepareKlines', () => {
  it('passes clean bars as they are', () => {
    const prepared = prepareKlines(parsed(bars()), { serverTimeMs: END });
    expect(prepared).toMatchObject({ warnings: [], dropped: { duplicates: 0, open: 0, suspicious: 0 } });
    expect(prepared.klines).toEqual(bars());
  });

  it('sorts, keeps the last row of each open time, and says so', () => {
    const klines = bars([0, 2, 1, 2, 3, 3, 4, 5]);
    klines.volume[3] *= 1.00001;
    const prepared = prepareKlines(parsed(klines), { serverTimeMs: END });
    expect([...prepared.klines.openTimeMs]).toEqual([0, 1, 2, 3, 4, 5].map((day) => SAMPLE_START_MS + day * DAY));
    expect(prepared.klines.volume[2]).toBe(klines.volume[3]);
    expect(prepared.dropped).toEqual({ duplicates: 2, open: 0, suspicious: 0 });
    expect(prepared.warnings).toEqual(['1 bar repeating an earlier row (the last is kept)', '1 bar restating an earlier bar with other values (the last is kept)', '1 bar out of order (sorted by open time)']);
  });

  it('leaves out open bars, and a last bar that looks unfinished unless it is trusted', () => {
    const klines = bars();
    for (const column of ['volume', 'quoteVolume', 'tradeCount', 'takerBuyBase', 'takerBuyQuote'] as const) klines[column][48] *= 0.05;
    klines.high[48] = klines.open[48] * 1.001;
    klines.low[48] = klines.open[48] * 0.999;
    klines.close[48] = klines.open[48];
    for (const column of ['quoteVolume', 'takerBuyQuote'] as const) klines[column][48] = klines[column === 'quoteVolume' ? 'volume' : 'takerBuyBase'][48] * klines.open[48];
    const checked = prepareKlines(parsed(klines), { serverTimeMs: END - DAY });
    expect(checked.dropped).toEqual({ duplicates: 0, open: 1, suspicious: 1 });
    expect(checked.klines.close).toHaveLength(48);
    expect(checked.warnings.join()).toContain('(2018-02-18T00:00Z) looks unfinished and is left out: its volume');
    expect(prepareKlines(parsed(klines), { serverTimeMs: END - DAY, lastBar: 'trust' })).toMatchObject({ dropped: { suspicious: 0 }, klines: { close: { length: 49 } } });
  });

  it('refuses unusable bars with file and row', () => {
    const klines = bars();
    klines.high[10] = 1;
    expect(() => prepareKlines(parsed(klines), { serverTimeMs: END })).toThrow('bars.csv, row 12: the bars cannot be used: 1 bar with contradicting prices');
    expect(() => prepareKlines(parsed(bars()), { serverTimeMs: 0 })).toThrow('no bar is closed');
  });
});
