import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { RollingMoments } from './rolling-moments.js';

/** Mean and variance of multiples of 2^-20, from exact integers; rounded at the very end. */
function exactMoments(window: Float64Array): { mean: number; deviation: number } {
  const n = BigInt(window.length);
  let sum = 0n;
  let squares = 0n;
  for (const value of window) {
    const integer = BigInt(value * 2 ** 20);
    sum += integer;
    squares += integer * integer;
  }
  const spread = n * squares - sum * sum; // times 2^40
  return { mean: Number(sum) / Number(n) / 2 ** 20, deviation: Math.sqrt(Number(spread) / Number(n * (n - 1n))) / 2 ** 20 };
}

const relative = (a: number, b: number): number => (a === b ? 0 : Math.abs(a - b) / Math.abs(b));
const push = (moments: RollingMoments, values: Iterable<number>): void => {
  for (const value of values) moments.push(value);
};

describe('RollingMoments', () => {
  it('does not drift over a million bars, spikes of 1e21 included', { timeout: 120_000 }, () => {
    const windowBars = 21;
    const random = createRandom(5);
    const values = Float64Array.from({ length: 1_000_000 }, (_, i) => {
      if (random.integer(500) === 0) return 1e21;
      return (i % 3000 < 1000 ? 60_000 : 0.5) + random.integer(2 ** 20) / 2 ** 20; // large and small levels follow each other
    });
    const moments = new RollingMoments(windowBars);
    let meanError = 0;
    let deviationError = 0;
    let compared = 0;
    values.forEach((value, i) => {
      moments.push(value);
      if (i < windowBars - 1 || (i % 7 !== 0 && i < 900_000)) return; // BigInt is slow: a seventh, and the end whole
      const truth = exactMoments(values.subarray(i - windowBars + 1, i + 1));
      meanError = Math.max(meanError, relative(moments.mean(), truth.mean));
      deviationError = Math.max(deviationError, relative(moments.deviation(), truth.deviation));
      compared += 1;
    });
    expect(compared).toBeGreaterThan(200_000);
    expect(meanError).toBeLessThan(4e-16);
    expect(deviationError).toBeLessThan(4e-16);
  });

  it('has the same bits wherever the series began', () => {
    // 40 bits a value: nearly equal values of 53 bits would cancel more than a pair of doubles holds
    const value = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 2 ** 40 }).map((integer) => integer / 2 ** 20) }, fc.constantFrom(0, 1e21));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 40 }), fc.array(value, { minLength: 7, maxLength: 40 }), (head, tail) => {
        const whole = new RollingMoments(7);
        const late = new RollingMoments(7);
        push(whole, [...head, ...tail]);
        push(late, tail);
        expect(late.mean()).toBe(whole.mean());
        expect(late.deviation()).toBe(whole.deviation());
      }),
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e200])('is undefined just while %d is in the window', (bad) => {
    const moments = new RollingMoments(3);
    const clean = new RollingMoments(3);
    const seen: boolean[] = [];
    push(clean, [7, 5, 9]);
    for (const value of [1, 2, 4, bad, 7, 5, 9]) {
      moments.push(value);
      seen.push(Number.isFinite(moments.deviation()));
    }
    expect(seen).toEqual([false, false, true, false, false, false, true]);
    expect(moments.mean()).toBe(clean.mean());
    expect(moments.deviation()).toBe(clean.deviation());
  });

  it('gives a constant back, with no deviation at all', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e15, max: 1e15, noNaN: true }), fc.integer({ min: 2, max: 30 }), (value, windowBars) => {
        const moments = new RollingMoments(windowBars);
        push(moments, new Float64Array(windowBars + 3).fill(value));
        expect(moments.mean() + 0).toBe(value + 0);
        expect(moments.deviation()).toBe(0);
      }),
    );
  });
});
