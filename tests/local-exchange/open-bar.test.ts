import fc from 'fast-check';
import { expect, it } from 'vitest';
import { klineCount } from '../../packages/core/src/klines/klines.js';
import type { Bar } from './bar.js';
import { columnBars } from './column-bars.js';
import { DEFAULT_DECIMALS } from './market.js';
import { openBar } from './open-bar.js';
import { sampleKlines } from './sample-klines.js';
import { DAY_MS, START_MS } from './test-exchange.js';

const klines = sampleKlines('1d', { seed: 3, startMs: START_MS, untilMs: START_MS + 50 * DAY_MS });
const bars = columnBars(klines, DEFAULT_DECIMALS.spot);
const shares = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const row = fc.integer({ min: 0, max: klineCount(klines) - 1 }).map((i) => bars.bar(i));
const numbers = (bar: Bar): Record<string, number> => Object.fromEntries(Object.entries(bar).map(([name, value]) => [name, Number(value)]));

it('is a bar at any time, inside the final one', () => {
  fc.assert(
    fc.property(row, shares, (final, share) => {
      const [now, end] = [numbers(openBar(final, share)), numbers(final)] as [Record<keyof Bar, number>, Record<keyof Bar, number>];
      expect(now.high).toBeGreaterThanOrEqual(Math.max(now.open, now.close));
      expect(now.low).toBeLessThanOrEqual(Math.min(now.open, now.close));
      expect(now.high).toBeLessThanOrEqual(end.high);
      expect(now.low).toBeGreaterThanOrEqual(end.low);
      expect([now.openTimeMs, now.closeTimeMs, now.open]).toEqual([end.openTimeMs, end.closeTimeMs, end.open]);
      // the sample market moves in cents
      for (const price of [now.high, now.low, now.close]) expect(Math.round(price * 100) / 100).toBe(price);
      expect(now.takerBuyBase).toBeLessThanOrEqual(now.volume);
    }),
  );
});

it('only grows', () => {
  fc.assert(
    fc.property(row, shares, shares, (final, a, b) => {
      const [early, late] = [openBar(final, Math.min(a, b)), openBar(final, Math.max(a, b))].map(numbers) as [Record<keyof Bar, number>, Record<keyof Bar, number>];
      for (const name of ['volume', 'quoteVolume', 'trades', 'takerBuyBase', 'takerBuyQuote', 'high'] as const) expect(late[name]).toBeGreaterThanOrEqual(early[name]);
      expect(late.low).toBeLessThanOrEqual(early.low);
    }),
  );
});
