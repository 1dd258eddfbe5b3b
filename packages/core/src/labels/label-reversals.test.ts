import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKlines, type Klines } from '../klines/klines.js';
import { candidateOf } from './candidate.js';
import type { LabelOptions } from './label-options.js';
import { labelReversals } from './label-reversals.js';

/** Bars of [low, close, high], or of a close alone. */
function bars(rows: readonly (number | readonly [number, number, number])[]): Klines {
  const klines = createKlines(rows.length);
  rows.forEach((row, i) => {
    const [low, close, high] = typeof row === 'number' ? [row, row, row] : row;
    klines.low[i] = low;
    klines.close[i] = close;
    klines.high[i] = high;
  });
  return klines;
}

const labelOf = (rows: Parameters<typeof bars>[0], options: LabelOptions = {}, T = rows.length - 1): number =>
  labelReversals(bars(rows), candidateOf(T, 0.1), options).label[0];

describe('labelReversals', () => {
  it('says which side is touched first', () => {
    expect(labelOf([100, 105, 110, 80])).toBe(1);
    expect(labelOf([100, 95, 90, 130])).toBe(-1);
    expect(labelOf([100, 109.9, 90.1, 100])).toBe(0);
  });

  it('counts a move of exactly X', () => {
    expect(labelOf([100, 110])).toBe(1);
    expect(labelOf([100, 90])).toBe(-1);
  });

  it('breaks ties as asked', () => {
    const both = [100, 89, 112] as const;
    expect(labelOf(both)).toBe(-1);
    expect(labelOf(both, { tieBreak: 'upswing' })).toBe(1);
    expect(labelOf(both, { tieBreak: 'larger' })).toBe(1);
    expect(labelOf([100, 112, 80], { tieBreak: 'larger' })).toBe(-1);
    expect(labelOf([100, 90, 110], { tieBreak: 'larger' })).toBe(1);
  });

  it('touches with highs and lows when asked', () => {
    const rows = [100, [99, 100, 111], [85, 100, 101]] as const;
    expect(labelOf(rows)).toBe(0);
    expect(labelOf(rows, { touch: 'high-low' })).toBe(1);
    expect(labelOf([100, [80, 100, 111]], { touch: 'high-low' })).toBe(-1);
    expect(labelOf([100, [90, 100, 110]], { touch: 'high-low' })).toBe(1);
  });

  it('has no label, and no span, where the window is not complete', () => {
    const made = labelReversals(bars([100, 100, 120, 100]), candidateOf(2, 0.1));
    expect([...made.label]).toEqual([1, 1, Number.NaN, Number.NaN]);
    expect([...made.spanStart]).toEqual([1, 2, -1, -1]);
    expect([...made.spanEnd]).toEqual([2, 3, -1, -1]);
    expect(made.upswing[3]).toBeNaN();
  });

  it('has no label where a price is missing', () => {
    const made = labelReversals(bars([100, 100, Number.NaN, 120, 100, 100]), candidateOf(2, 0.1));
    expect([...made.label]).toEqual([Number.NaN, Number.NaN, Number.NaN, -1, Number.NaN, Number.NaN]);
    expect(made.spanEnd[2]).toBe(-1);
    expect(made.drawdown[1]).toBeNaN();
  });

  it('repeats the trailing window of the predecessor, which ends one bar ahead', () => {
    const made = labelReversals(bars([120, 100, 100, 100]), candidateOf(3, 0.1), { window: 'trailing' });
    expect([...made.label]).toEqual([Number.NaN, Number.NaN, 0, Number.NaN]);
    expect(made.isFlawed).toBe(true);
    expect([...made.spanStart]).toEqual([-1, -1, 1, -1]);
    expect([...made.spanEnd]).toEqual([-1, -1, 3, -1]);
  });

  it('refuses options that do not exist', () => {
    expect(() => labelReversals(bars([1, 2]), candidateOf(1, 0.1), { tieBreak: 'first' } as never)).toThrow('one of first-touch, upswing, larger. Got "first"');
  });

  const walk = fc.array(fc.integer({ min: -1500, max: 1500 }), { minLength: 2, maxLength: 60 }).map((steps) => {
    let price = 100;
    return steps.map((step) => (price *= 1 + step / 10_000));
  });
  const anyOptions = fc.record({ window: fc.constantFrom('forward', 'trailing'), tieBreak: fc.constantFrom('first-touch', 'upswing', 'larger'), touch: fc.constantFrom('close', 'high-low') });

  it('depends on the bars of its span and its own close, and on nothing else', () => {
    fc.assert(
      fc.property(walk, fc.integer({ min: 1, max: 12 }), anyOptions as fc.Arbitrary<LabelOptions>, fc.nat(), (prices, T, options, pick) => {
        const before = bars(prices.map((p) => [p * 0.97, p, p * 1.03] as const));
        const candidate = candidateOf(T, 0.08);
        const made = labelReversals(before, candidate, options);
        const t = pick % prices.length;
        const spoiled = bars(prices.map((p, i) => (i === t || (i >= made.spanStart[t] && i <= made.spanEnd[t]) ? ([p * 0.97, p, p * 1.03] as const) : ([1, 2, 3] as const))));
        expect(labelReversals(spoiled, candidate, options).label[t]).toBe(made.label[t]);
      }),
    );
  });

  it('agrees with a plain look at each window', () => {
    fc.assert(
      fc.property(walk, fc.integer({ min: 1, max: 12 }), (prices, T) => {
        const { label } = labelReversals(bars(prices), candidateOf(T, 0.05));
        prices.forEach((base, t) => {
          const touched = prices.slice(t + 1, t + 1 + T).find((p) => Math.abs(p - base) / base >= 0.05);
          const plain = t + T >= prices.length ? Number.NaN : touched === undefined ? 0 : Math.sign(touched - base);
          expect(label[t]).toBe(plain);
        });
      }),
    );
  });
});
