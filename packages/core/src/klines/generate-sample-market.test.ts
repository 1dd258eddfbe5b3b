import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkKlines } from './check-klines.js';
import { fingerprintKlines } from './fingerprint-klines.js';
import { generateSampleMarket, SAMPLE_START_MS, type SampleMarketOptions } from './generate-sample-market.js';
import { KLINE_COLUMNS, type Klines, klineCount, sliceKlines } from './klines.js';

const DAY = 86_400_000;
const END = Date.UTC(2026, 10, 21);
const market = (options: Partial<SampleMarketOptions> = {}): Klines => generateSampleMarket({ seed: 42, startMs: SAMPLE_START_MS, endMs: END, ...options });
const returns = ({ close }: Klines): number[] => Array.from(close.subarray(1), (price, i) => Math.log(price / close[i]));
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
function correlation(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [mean(a), mean(b)];
  const cov = mean(a.map((x, i) => (x - ma) * (b[i] - mb)));
  return cov / Math.sqrt(mean(a.map((x) => (x - ma) ** 2)) * mean(b.map((x) => (x - mb) ** 2)));
}
/** Correlation of each bar's taker share with the return of the ten bars after it. */
function foresight(klines: Klines): number {
  const last = klineCount(klines) - 10;
  const share = Array.from({ length: last }, (_, i) => klines.takerBuyBase[i] / klines.volume[i]);
  return correlation(share, share.map((_, i) => Math.log(klines.close[i + 10] / klines.close[i])));
}

describe('generateSampleMarket', () => {
  it('has the same bits everywhere', () => {
    // made once on x86-64 with Node 20; a change of the market breaks everybody's stored sample, so it must be meant
    expect(fingerprintKlines(market({ endMs: SAMPLE_START_MS + 1000 * DAY }))).toBe('5e7457d67500014d805b5d26fc557cf1ce86954a7f78f59c97e6593fd08adb8b');
  });

  it('never changes a bar when a longer or later span is asked for', () => {
    const long = market({ interval: '4h', endMs: SAMPLE_START_MS + 300 * DAY });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 250 }), fc.integer({ min: 1, max: 50 }), (first, days) => {
        const part = market({ interval: '4h', startMs: SAMPLE_START_MS + first * DAY, endMs: SAMPLE_START_MS + (first + days) * DAY });
        expect(part).toEqual(sliceKlines(long, first * 6, (first + days) * 6));
      }),
      { numRuns: 20 },
    );
  });

  it.each(['1m', '15m', '1h', '4h', '1d', '3d', '1w'])('gives bars of %s that pass every check', (interval) => {
    const klines = market({ interval, endMs: SAMPLE_START_MS + (interval === '1m' ? 5 : interval === '1w' ? 1000 : 200) * DAY });
    expect(checkKlines(klines)).toMatchObject({ interval, usable: true, gapCount: 0, offGrid: { count: 0 }, shortBars: { count: 0 }, zeroVolume: { count: 0 }, frozenBars: { count: 0 } });
    for (const column of KLINE_COLUMNS) expect(klines[column].every(Number.isFinite)).toBe(true);
  });

  it('looks like a market: daily volatility of 3 %, fat tails, clusters', () => {
    const changes = returns(market());
    const deviation = Math.sqrt(mean(changes.map((x) => x * x)));
    expect(deviation).toBeGreaterThan(0.025);
    expect(deviation).toBeLessThan(0.04);
    expect(mean(changes.map((x) => x ** 4)) / deviation ** 4).toBeGreaterThan(4);
    expect(correlation(changes.slice(0, -1).map(Math.abs), changes.slice(1).map(Math.abs))).toBeGreaterThan(0.15);
  });

  it('order flow foresees the price as strongly as the signal says, and not at all without', () => {
    expect(foresight(market({ signal: 1 }))).toBeGreaterThan(0.6);
    expect(foresight(market({ signal: 0.3 }))).toBeGreaterThan(0.15);
    for (const seed of [1, 2, 3]) expect(Math.abs(foresight(market({ seed, signal: 0 })))).toBeLessThan(0.1);
  });

  it('without signal neither returns nor their sizes follow from the ones before', () => {
    const changes = returns(market({ signal: 0 }));
    expect(Math.abs(correlation(changes.slice(0, -1), changes.slice(1)))).toBeLessThan(0.06);
    expect(Math.abs(correlation(changes.slice(0, -1).map(Math.abs), changes.slice(1).map(Math.abs)))).toBeLessThan(0.06);
  });

  it('has a market for each seed', () => {
    expect(market({ seed: 1 }).close).not.toEqual(market({ seed: 2 }).close);
  });

  it.each([{ seed: -1 }, { seed: 0.5 }, { signal: 1.1 }, { signal: Number.NaN }, { interval: '1M' }, { interval: '2d' }, { startMs: Number.NaN }, { endMs: 0 }, { endMs: Number.POSITIVE_INFINITY }])(
    'refuses %j',
    (options) => {
      expect(() => market(options)).toThrow('option of');
    },
  );
});
