import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { returnWeights } from './return-weights.js';

describe('returnWeights', () => {
  it('share the return of a bar among the labels that use it', () => {
    // Log returns of ln 2 and ln 4; the second bar is shared: ln 2 + ln 4 / 2 and ln 4 / 2.
    const weights = returnWeights({ close: [1, 2, 8] }, { spanStart: [1, 2], spanEnd: [2, 2] });
    expect(weights[0]).toBeCloseTo(4 / 3, 14);
    expect(weights[1]).toBeCloseTo(2 / 3, 14);
  });

  it('are the plain absolute sums, with mean 1', () => {
    const closes = fc.array(fc.integer({ min: 50, max: 200 }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(closes, fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 20 }), (close, picks) => {
        const spanStart = picks.map(([a]) => a % close.length);
        const spanEnd = picks.map(([, b], i) => spanStart[i] + (b % (close.length - spanStart[i])));
        const plain = spanStart.map((start, label) => {
          let sum = 0;
          for (let bar = Math.max(start, 1); bar <= spanEnd[label]; bar += 1) sum += Math.log(close[bar] / close[bar - 1]) / spanStart.filter((other, i) => other <= bar && bar <= spanEnd[i]).length;
          return Math.abs(sum);
        });
        const mean = plain.reduce((sum, weight) => sum + weight, 0) / plain.length;
        fc.pre(mean > 1e-6);
        returnWeights({ close }, { spanStart, spanEnd }).forEach((weight, i) => expect(Math.abs(weight - plain[i] / mean)).toBeLessThan(1e-8));
      }),
    );
  });

  it('count a move over a missing price at the next one, and none at the first bar', () => {
    const weights = returnWeights({ close: [1, Number.NaN, 4, 8] }, { spanStart: [0, 1, 2, 3], spanEnd: [0, 1, 2, 3] });
    [0, 0, 8 / 3, 4 / 3].forEach((weight, i) => expect(weights[i]).toBeCloseTo(weight, 14));
  });

  it('do not exist where no price moves', () => {
    expect(() => returnWeights({ close: [5, 5, 5] }, { spanStart: [1], spanEnd: [2] })).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
    expect(() => returnWeights({ close: [5, -5, 5] }, { spanStart: [1], spanEnd: [2] })).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
    expect(() => returnWeights({ close: [5, 6] }, { spanStart: [1], spanEnd: [2] })).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
    expect(returnWeights({ close: [] }, { spanStart: [], spanEnd: [] })).toHaveLength(0);
  });
});
