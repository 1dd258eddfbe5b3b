import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateSampleMarket, SAMPLE_START_MS } from './generate-sample-market.js';
import { type Klines, klineAt, takeKlines } from './klines.js';
import { resampleKlines } from './resample-klines.js';

const DAY = 86_400_000;
const market = (interval: string, days: number): Klines => generateSampleMarket({ seed: 3, startMs: SAMPLE_START_MS, endMs: SAMPLE_START_MS + days * DAY, interval });

describe('resampleKlines', () => {
  it('joins bars: first open, highest high, lowest low, last close, sums', () => {
    const hours = market('1h', 3);
    const { klines, incomplete } = resampleKlines(hours, '1d');
    expect(incomplete).toEqual([]);
    expect(klines.close).toHaveLength(3);
    const day = (column: keyof Klines): Float64Array => hours[column].subarray(24, 48);
    const sum = (column: keyof Klines): number => day(column).reduce((a, b) => a + b, 0);
    expect(klineAt(klines, 1)).toEqual({
      openTimeMs: SAMPLE_START_MS + DAY, open: day('open')[0], high: Math.max(...day('high')), low: Math.min(...day('low')), close: day('close')[23],
      volume: sum('volume'), closeTimeMs: SAMPLE_START_MS + 2 * DAY - 1, quoteVolume: sum('quoteVolume'), tradeCount: sum('tradeCount'), takerBuyBase: sum('takerBuyBase'), takerBuyQuote: sum('takerBuyQuote'),
    });
  });

  it('begins weeks on Monday and months on the first, and names what is incomplete', () => {
    const days = market('1d', 70); // 2018-01-01 is a Monday; the 70 days end on 2018-03-11
    expect(resampleKlines(days, '1w')).toMatchObject({ incomplete: [], klines: { close: { length: 10 } } });
    const months = resampleKlines(days, '1M');
    expect([...months.klines.openTimeMs]).toEqual([Date.UTC(2018, 0, 1), Date.UTC(2018, 1, 1)]);
    expect(months.klines.closeTimeMs[1]).toBe(Date.UTC(2018, 2, 1) - 1);
    expect(months.incomplete).toEqual([{ openTimeMs: Date.UTC(2018, 2, 1), bars: 11, expectedBars: 31 }]);
    expect(resampleKlines(days, '1M', { incomplete: 'keep' }).klines.close).toHaveLength(3);
  });

  it('drops a group with a gap', () => {
    const hours = market('1h', 2);
    const rows = Array.from({ length: 48 }, (_, i) => i).filter((i) => i !== 5);
    expect(resampleKlines(takeKlines(hours, rows), '1d')).toMatchObject({ incomplete: [{ bars: 23, expectedBars: 24 }], klines: { close: { length: 1 } } });
  });

  it('anchors three-day bars as told', () => {
    const anchorMs = SAMPLE_START_MS + 2 * DAY;
    const { klines, incomplete } = resampleKlines(market('1d', 8), '3d', { anchorMs });
    expect([...klines.openTimeMs]).toEqual([anchorMs, anchorMs + 3 * DAY]);
    expect(incomplete).toEqual([{ openTimeMs: anchorMs - 3 * DAY, bars: 2, expectedBars: 3 }]);
    expect(() => resampleKlines(market('1d', 8), '3d')).toThrow('`anchorMs`');
  });

  it('going by steps gives what going at once gives', () => {
    const quarters = market('15m', 6);
    fc.assert(
      fc.property(fc.constantFrom('30m', '1h', '2h', '4h', '12h'), (step) => {
        const once = resampleKlines(quarters, '1d').klines;
        const twice = resampleKlines(resampleKlines(quarters, step).klines, '1d').klines;
        for (const column of ['openTimeMs', 'open', 'high', 'low', 'close', 'closeTimeMs', 'tradeCount'] as const) expect(twice[column]).toEqual(once[column]);
        twice.volume.forEach((volume, row) => expect(volume / once.volume[row]).toBeCloseTo(1, 12));
      }),
    );
  });

  it.each([
    ['1d', '1d', 'longer than 1d'],
    ['1d', '1h', 'longer than 1d'],
    ['4h', '6h', 'longer than 4h'],
    ['1w', '1M', 'longer than 1w'],
    ['1h', '1D', 'must be one of'],
  ])('refuses %s to %s', (from, to, message) => {
    expect(() => resampleKlines(market(from, 28), to, { anchorMs: 0 })).toThrow(message);
  });

  it('refuses bars out of order', () => {
    expect(() => resampleKlines(takeKlines(market('1h', 2), [0, 2, 1, 3, 4, 5]), '1d')).toThrow('not in order');
    expect(() => resampleKlines(takeKlines(market('1h', 3), [0, 1, 25, 26, 2, 3]), '1d')).toThrow('not in order');
  });
});
