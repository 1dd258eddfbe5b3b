import { describe, expect, it } from 'vitest';
import { findFrozenBars } from './find-frozen-bars.js';
import { generateSampleMarket, SAMPLE_START_MS } from './generate-sample-market.js';
import { type Klines, takeKlines } from './klines.js';

const DAY = 86_400_000;
const market = (seed: number, days: number): Klines =>
  takeKlines(generateSampleMarket({ seed, startMs: SAMPLE_START_MS, endMs: SAMPLE_START_MS + days * DAY }), Array.from({ length: days }, (_, i) => i));

/** What a download in the first hours of the day would have recorded. */
function freeze(klines: Klines, row: number): void {
  klines.close[row] = klines.open[row] * 1.0005;
  klines.high[row] = klines.open[row] * 1.001;
  klines.low[row] = klines.open[row] * 0.999;
  for (const column of ['volume', 'quoteVolume', 'tradeCount', 'takerBuyBase', 'takerBuyQuote'] as const) klines[column][row] *= 0.1;
}

describe('findFrozenBars', () => {
  it('finds none in whole bars', () => {
    for (const seed of [1, 2, 3]) expect(findFrozenBars(market(seed, 1500))).toEqual([]);
  });

  it('finds bars that were recorded early, also several in a month', () => {
    const klines = market(4, 200);
    for (const row of [100, 107, 115]) {
      klines.open[row + 1] = klines.open[row] * 1.03;
      klines.high[row + 1] = Math.max(klines.high[row + 1], klines.open[row + 1]);
      klines.low[row + 1] = Math.min(klines.low[row + 1], klines.open[row + 1]);
      freeze(klines, row);
    }
    expect(findFrozenBars(klines)).toEqual([100, 107, 115]);
  });

  it('lets a quiet day pass whose price did not jump, and a jump after a day of fair trading', () => {
    const klines = market(4, 200);
    freeze(klines, 100);
    klines.open[101] = klines.close[100];
    klines.open[151] = klines.close[150] * 1.05;
    const usual = (values: Float64Array): number => [...values.subarray(121, 150)].sort((a, b) => a - b)[14];
    klines.volume[150] = 0.6 * usual(klines.volume);
    klines.tradeCount[150] = 0.6 * usual(klines.tradeCount);
    expect(findFrozenBars(klines)).toEqual([]);
  });

  it('leaves markets alone that stop over night', () => {
    const klines = market(4, 200);
    for (let row = 1; row < 200; row += 1) klines.open[row] = klines.close[row - 1] * (row % 2 === 0 ? 1.004 : 0.996);
    freeze(klines, 100);
    expect(findFrozenBars(klines)).toEqual([]);
  });
});
