import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dailyVolatility } from './daily-volatility.js';

const DAY = 86_400_000;
const every = (ms: number, close: readonly number[]) => ({ close, timeMs: close.map((_, bar) => bar * ms) });
const NONE = Number.NaN;

describe('dailyVolatility', () => {
  it('is the deviation of returns over a day, whatever the length of the bars', () => {
    // Returns of 10 and -10 percent: for two values of weights 1 and d the deviation is 0.2 / sqrt(2), whatever d.
    const daily = dailyVolatility(every(DAY, [100, 110, 99]));
    expect([...daily.subarray(0, 2)]).toEqual([NONE, NONE]);
    expect(daily[2]).toBeCloseTo(0.2 / Math.SQRT2, 14);
    const halfDays = dailyVolatility(every(DAY / 2, [100, 100, 110, 90]));
    expect([...halfDays.subarray(0, 3)]).toEqual([NONE, NONE, NONE]);
    expect(halfDays[3]).toBeCloseTo(0.2 / Math.SQRT2, 14);
  });

  it('takes the last bar that is at least a day older when bars are missing', () => {
    const close = [100, 50, 110, 99];
    expect(dailyVolatility({ close, timeMs: [0, 0.5 * DAY, 1.2 * DAY, 1.4 * DAY] })[3]).toBeCloseTo(0.11 / Math.SQRT2, 14);
    expect(dailyVolatility({ close, timeMs: [0, 0.5 * DAY, 1.2 * DAY, 9 * DAY] })[3]).toBeCloseTo(0.2 / Math.SQRT2, 14);
    expect(dailyVolatility({ close, timeMs: [0, 1, 2, 3] }, { returnMs: 1 })[2]).toBeCloseTo(1.7 / Math.SQRT2, 14);
  });

  it('knows nothing of later bars', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 1, maxLength: 40 }), fc.nat(), (close, pick) => {
        const bar = pick % close.length;
        const spoiled = close.map((price, i) => (i > bar ? price * 3 : price));
        expect([...dailyVolatility(every(DAY / 4, spoiled)).subarray(0, bar + 1)]).toEqual([...dailyVolatility(every(DAY / 4, close)).subarray(0, bar + 1)]);
      }),
    );
  });

  it('is zero for a price that stands still, unknown for one bar or none, and repeats itself over a missing price', () => {
    expect([...dailyVolatility(every(DAY, [7, 7, 7, 7]))]).toEqual([NONE, NONE, 0, 0]);
    expect([...dailyVolatility(every(DAY, [7]))]).toEqual([NONE]);
    expect(dailyVolatility(every(DAY, []))).toHaveLength(0);
    const gap = dailyVolatility(every(DAY, [100, 110, 99, NONE, 105]));
    expect(gap[3]).toBe(gap[2]);
    expect([...dailyVolatility(every(DAY, [NONE, NONE, NONE]))]).toEqual([NONE, NONE, NONE]);
  });

  it('refuses times that do not ascend, prices that are none, and bad options', () => {
    expect(() => dailyVolatility({ close: [1, 2, 3], timeMs: [0, 2, 1] })).toThrow('Got 1 at bar 2.');
    const badData = expect.objectContaining({ code: 'BAD_DATA' });
    for (const timeMs of [[1, 1], [0, NONE], [NONE, 0], [0, Infinity]]) expect(() => dailyVolatility({ close: [1, 2], timeMs })).toThrow(badData);
    for (const price of [0, -1, Infinity]) expect(() => dailyVolatility(every(DAY, [1, price]))).toThrow(badData);
    const badOption = expect.objectContaining({ code: 'BAD_OPTION' });
    expect(() => dailyVolatility({ close: [1, 2], timeMs: [0] })).toThrow(badOption);
    for (const options of [{ spanBars: 0 }, { spanBars: NONE }, { spanBars: Infinity }, { returnMs: 0 }, { returnMs: NONE }]) expect(() => dailyVolatility(every(DAY, [1, 2]), options)).toThrow(badOption);
  });
});
