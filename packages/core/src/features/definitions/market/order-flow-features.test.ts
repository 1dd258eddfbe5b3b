import { expect, it } from 'vitest';
import { createKlines, type Klines } from '../../../klines/klines.js';
import { computeFeatures } from '../../compute-features.js';

/** 100 bars of one kind, and a last one. */
function barsOf(usual: Partial<Record<keyof Klines, number>>, last: Partial<Record<keyof Klines, number>>): Klines {
  const klines = createKlines(100);
  for (const [name, value] of Object.entries({ open: 1, high: Math.exp(0.02), low: 1, close: 1, quoteVolume: 100, tradeCount: 10, takerBuyQuote: 50, ...usual })) klines[name as 'open'].fill(value);
  for (const [name, value] of Object.entries(last)) klines[name as 'open'][99] = value;
  return klines;
}
const lastOf = (klines: Klines, name: string): number => computeFeatures(klines, [name]).columns[0][99];

it('measures an amount by what was usual: 31 times as much as in 29 bars is 15.5 times the mean of 30', () => {
  const klines = barsOf({}, { quoteVolume: 3100, tradeCount: 10 });
  expect(lastOf(klines, 'quote_volume_1_30')).toBeCloseTo(Math.log(3100 / ((29 * 100 + 3100) / 30)), 12);
  expect(lastOf(klines, 'trade_size_1_30')).toBeCloseTo(Math.log(310 / (6000 / 300)), 12);
  expect(lastOf(klines, 'trade_count_1_30')).toBe(0);
  expect(lastOf(klines, 'illiquidity_1_30')).toBeCloseTo(-Math.log(15.5), 12);
  expect(lastOf(klines, 'quote_volume_30_90')).toBeCloseTo(Math.log(200 / (12_000 / 90)), 12);
});

it('ends at ±3, for nothing at all too', () => {
  expect(lastOf(barsOf({}, { quoteVolume: 0, takerBuyQuote: 0 }), 'quote_volume_1_30')).toBe(-3);
  expect(lastOf(barsOf({}, { quoteVolume: 1e9 }), 'quote_volume_1_30')).toBe(3);
  expect(lastOf(barsOf({ quoteVolume: 0 }, { quoteVolume: 0 }), 'quote_volume_1_30')).toBeNaN();
});

it('tells buyers in a hurry from sellers', () => {
  expect(lastOf(barsOf({}, { takerBuyQuote: 75 }), 'taker_imbalance')).toBe(0.5);
  expect(lastOf(barsOf({}, { takerBuyQuote: 0 }), 'taker_imbalance')).toBe(-1);
  expect(lastOf(barsOf({}, { takerBuyQuote: 85 }), 'taker_imbalance_7')).toBeCloseTo(0.1, 12);
  expect(lastOf(barsOf({}, { takerBuyQuote: Number.NaN }), 'taker_imbalance')).toBeNaN();
});

it('hears an order flow that goes on, and one that turns with every bar', () => {
  const turning = barsOf({}, {});
  turning.takerBuyQuote.forEach((_, row) => (turning.takerBuyQuote[row] = row % 2 === 0 ? 40 : 60));
  expect(lastOf(turning, 'taker_persistence_30')).toBeCloseTo(-1, 12);
  const drifting = barsOf({}, {});
  drifting.takerBuyQuote.forEach((_, row) => (drifting.takerBuyQuote[row] = row));
  expect(lastOf(drifting, 'taker_persistence_30')).toBeCloseTo(1, 12);
});
