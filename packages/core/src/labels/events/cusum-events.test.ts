import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cusumEvents } from './cusum-events.js';

const events = (close: readonly number[], threshold: number | readonly number[]): number[] => [...cusumEvents({ close }, { threshold })];

describe('cusumEvents', () => {
  it('finds the bars where a move since the last event or turn passes the threshold', () => {
    expect(events([100, 103, 106, 109, 112], 0.05)).toEqual([2, 4]);
    expect(events([100, 97, 94, 97, 100], 0.05)).toEqual([2, 4]);
    // The fall is counted from the highest price, not from the first.
    expect(events([100, 104, 101, 98], 0.05)).toEqual([3]);
    expect(events([100, 104, 100, 104, 100], 0.05)).toEqual([]);
  });

  it('needs more than the threshold', () => {
    expect(events([1, 2], Math.LN2)).toEqual([]);
    expect(events([1, 2], Math.LN2 * (1 - 1e-15))).toEqual([1]);
  });

  it('takes a threshold per bar, where NaN lets no event through', () => {
    expect(events([100, 103, 106, 109], [9, 0.02, 0.5, 0.05])).toEqual([1, 3]);
    expect(events([100, 110, 121], [Number.NaN, Number.NaN, 0.15])).toEqual([2]);
  });

  it('counts a move over missing prices where the price is known again', () => {
    expect(events([Number.NaN, 100, Number.NaN, Number.NaN, 110, 111], 0.05)).toEqual([4]);
  });

  it('agrees with a plain look back to the lowest and highest price since the last rise and fall', () => {
    const steps = fc.array(fc.integer({ min: -400, max: 400 }), { maxLength: 60 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 600 }), fc.nat(), (moves, threshold, pick) => {
        // Log prices in whole ten-thousandths, thresholds half way between: rounding decides nothing.
        const logs = moves.reduce((all, move) => [...all, (all[all.length - 1] as number) + move], [0]);
        const close = logs.map((value) => 100 * Math.exp(value / 10_000));
        const expected: number[] = [];
        let fromLow = 0;
        let fromHigh = 0;
        for (let bar = 1; bar < logs.length; bar += 1) {
          if (Math.max(...logs.slice(fromHigh, bar + 1)) - logs[bar] > threshold + 0.5) {
            expected.push(bar);
            fromHigh = bar;
          } else if (logs[bar] - Math.min(...logs.slice(fromLow, bar + 1)) > threshold + 0.5) {
            expected.push(bar);
            fromLow = bar;
          }
        }
        const limit = (threshold + 0.5) / 10_000;
        expect(events(close, limit)).toEqual(expected);
        const bar = pick % close.length;
        expect(events(close.map((price, i) => (i > bar ? price * 2 : price)), limit).filter((event) => event <= bar)).toEqual(expected.filter((event) => event <= bar));
      }),
    );
  });

  it('finds nothing in nothing, and refuses what it cannot use', () => {
    expect(events([], 0.1)).toEqual([]);
    expect(events([5], 0.1)).toEqual([]);
    expect(events([5, 5, 5], 0.1)).toEqual([]);
    expect(events([Number.NaN, Number.NaN], 0.1)).toEqual([]);
    expect(() => events([1, 0], 0.1)).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
    for (const threshold of [0, -1, Number.NaN, Infinity, [0.1], [0.1, -0.1]]) expect(() => events([1, 2], threshold)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
  });
});
