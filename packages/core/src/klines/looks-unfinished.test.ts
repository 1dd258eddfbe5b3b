import { describe, expect, it } from 'vitest';
import { generateSampleMarket, SAMPLE_START_MS } from './generate-sample-market.js';
import { createKlines, type Klines, sliceKlines, takeKlines } from './klines.js';
import { looksUnfinished } from './looks-unfinished.js';

const DAY = 86_400_000;
const market = (seed: number, days: number): Klines =>
  takeKlines(generateSampleMarket({ seed, startMs: SAMPLE_START_MS, endMs: SAMPLE_START_MS + days * DAY }), Array.from({ length: days }, (_, i) => i));

function scaleLast(klines: Klines, share: number): Klines {
  const last = klines.close.length - 1;
  for (const column of ['volume', 'quoteVolume', 'tradeCount', 'takerBuyBase', 'takerBuyQuote'] as const) klines[column][last] *= share;
  klines.high[last] = klines.open[last] * 1.002;
  klines.low[last] = klines.open[last] * 0.999;
  klines.close[last] = klines.open[last];
  return klines;
}

describe('looksUnfinished', () => {
  it('tells a bar that was recorded in the first hours of its day', () => {
    const verdict = looksUnfinished(scaleLast(market(1, 100), 0.1));
    expect(verdict.unfinished).toBe(true);
    expect(verdict.reasons).toHaveLength(1);
    expect(verdict.reasons[0]).toMatch(/^its volume is \d+ % of the usual \(median of the 29 bars before\), its trade count \d+ %, its range \d+ %$/);
  });

  it('takes a day of little trading and a usual range for whole', () => {
    const klines = scaleLast(market(1, 100), 0.1);
    klines.high[99] = klines.open[99] * 1.03;
    klines.low[99] = klines.open[99] * 0.97;
    expect(looksUnfinished(klines).unfinished).toBe(false);
  });

  it('goes by volume and range alone where trades are not counted', () => {
    const klines = scaleLast(market(1, 100), 0.1);
    klines.tradeCount.fill(Number.NaN);
    expect(looksUnfinished(klines).reasons[0]).not.toContain('trade count');
  });

  it('tells a last bar that closes early', () => {
    const klines = market(1, 100);
    klines.closeTimeMs[99] -= 3_600_000;
    expect(looksUnfinished(klines)).toEqual({ unfinished: true, reasons: ['its close time comes before the end of its 1d'] });
  });

  it('does not believe the last bar of a writer that recorded others too early', () => {
    const klines = market(1, 100);
    const kept = [klines.open, klines.high, klines.low, klines.close].map((column) => column[99]);
    scaleLast(sliceKlines(klines, 0, 90), 0.1);
    klines.open[90] = klines.close[89] * 1.04;
    expect([klines.open, klines.high, klines.low, klines.close].map((column) => column[99])).toEqual(kept);
    expect(looksUnfinished(klines).reasons).toEqual(['a bar was recorded before the end among the last 60 (2018-03-31), so this one may be too']);
    expect(looksUnfinished(sliceKlines(market(1, 200), 0, 200)).unfinished).toBe(false);
  });

  it('seldom takes a whole bar for unfinished', () => {
    const klines = market(9, 1500);
    let flagged = 0;
    for (let end = 30; end <= 1500; end += 1) if (looksUnfinished(sliceKlines(klines, Math.max(0, end - 120), end)).unfinished) flagged += 1;
    expect(flagged).toBeLessThanOrEqual(7); // 0.5 %
  });

  it('knows nothing of the first bars', () => {
    expect(looksUnfinished(createKlines(0)).unfinished).toBe(false);
    expect(looksUnfinished(scaleLast(market(1, 20), 0.1)).unfinished).toBe(false);
  });
});
