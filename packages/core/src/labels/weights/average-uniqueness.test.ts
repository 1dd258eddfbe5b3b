import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageUniqueness } from './average-uniqueness.js';

const spans = fc
  .array(fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 12 })), { maxLength: 40 })
  .map((pairs) => ({ spanStart: pairs.map(([start]) => start), spanEnd: pairs.map(([start, length]) => start + length) }));

describe('averageUniqueness', () => {
  it('gives the numbers of the book, 4.5.3', () => {
    const uniqueness = averageUniqueness({ spanStart: [0, 2, 4], spanEnd: [2, 3, 5] });
    expect([...uniqueness]).toEqual([5 / 6, 3 / 4, 1]);
  });

  it('is the plain mean of 1 / concurrency over the bars of each label', () => {
    fc.assert(
      fc.property(spans, ({ spanStart, spanEnd }) => {
        const uniqueness = averageUniqueness({ spanStart, spanEnd });
        spanStart.forEach((start, label) => {
          let sum = 0;
          for (let bar = start; bar <= spanEnd[label]; bar += 1) sum += 1 / spanStart.filter((other, i) => other <= bar && bar <= spanEnd[i]).length;
          expect(Math.abs(uniqueness[label] - sum / (spanEnd[label] - start + 1))).toBeLessThanOrEqual(4e-16);
        });
      }),
    );
  });

  it('lies above 0 and at most at 1; times the lengths it adds up to the bars that are covered', () => {
    fc.assert(
      fc.property(spans, ({ spanStart, spanEnd }) => {
        const uniqueness = averageUniqueness({ spanStart, spanEnd });
        const covered = new Set(spanStart.flatMap((start, i) => Array.from({ length: spanEnd[i] - start + 1 }, (_, bar) => start + bar)));
        let sum = 0;
        uniqueness.forEach((value, i) => {
          expect(value).toBeGreaterThan(0);
          expect(value).toBeLessThanOrEqual(1);
          sum += value * (spanEnd[i] - spanStart[i] + 1);
        });
        expect(sum).toBeCloseTo(covered.size, 10);
      }),
    );
  });

  it('does not care where the bars lie', () => {
    const near = averageUniqueness({ spanStart: [0, 1, 5], spanEnd: [3, 4, 5] });
    const far = averageUniqueness({ spanStart: [2e9, 2e9 + 1, 2e9 + 5], spanEnd: [2e9 + 3, 2e9 + 4, 2e9 + 5] });
    expect([...far]).toEqual([...near]);
  });

  it('stays exact far from the first bar', () => {
    const count = 30_000;
    const spanStart = Int32Array.from({ length: count }, (_, i) => 7 * i);
    const uniqueness = averageUniqueness({ spanStart, spanEnd: spanStart.map((start) => start + 20) });
    // Each inner label of 21 bars every 7 bars shares every bar with two others.
    expect(uniqueness.subarray(2, count - 2).every((value) => value === 1 / 3)).toBe(true);
  });

  it('has nothing to say of no labels, and refuses what is no span', () => {
    expect(averageUniqueness({ spanStart: [], spanEnd: [] })).toHaveLength(0);
    const bad = expect.objectContaining({ code: 'BAD_OPTION' });
    for (const [spanStart, spanEnd] of [[[0], []], [[3], [2]], [[-1], [-1]], [[0.5], [2]], [[0], [Number.NaN]], [[Number.NaN], [1]], [[0], [Infinity]], [[0], [3e7]]]) {
      expect(() => averageUniqueness({ spanStart, spanEnd })).toThrow(bad);
    }
  });
});
