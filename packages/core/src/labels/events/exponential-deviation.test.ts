import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exponentialDeviation } from './exponential-deviation.js';

const NONE = Number.NaN;

describe('exponentialDeviation', () => {
  it.each([
    // pandas 3.0.6: Series(values).ewm(span=span).std()
    [3, [1, 2, NONE, 4, 3, NONE, NONE, 7, 7, 7], [NONE, 0.7071067811865476, 0.7071067811865476, 1.6290629680421056, 0.9465936847245476, 0.9465936847245476, 0.9465936847245476, 2.700515310361725, 1.3558456445963967, 0.8553243694431907]],
    [10, [1, 2, NONE, 4, 3, NONE, NONE, 7, 7, 7], [NONE, 0.7071067811865475, 0.7071067811865474, 1.586602370354088, 1.2157258612866948, 1.2157258612866948, 1.2157258612866946, 2.5672118865468136, 2.4711207466585274, 2.2309397131684974]],
    [2, [NONE, 5, NONE, 6], [NONE, NONE, NONE, 0.7071067811865475]],
  ])('gives what pandas gives for a span of %d', (span, values, expected) => {
    const deviation = exponentialDeviation(Float64Array.from(values), span);
    expected.forEach((value, bar) => (Number.isNaN(value) ? expect(deviation[bar]).toBeNaN() : expect(Math.abs(deviation[bar] / value - 1)).toBeLessThan(4e-15)));
  });

  it('is the deviation by its definition', () => {
    const value = fc.oneof({ weight: 5, arbitrary: fc.double({ min: -0.2, max: 0.2, noNaN: true }) }, { weight: 1, arbitrary: fc.constant(NONE) });
    fc.assert(
      fc.property(fc.array(value, { maxLength: 40 }), fc.integer({ min: 2, max: 200 }), (values, span) => {
        const last = values.length - 1;
        const known = values.map((x, bar) => ({ x, weight: (1 - 2 / (span + 1)) ** (last - bar) })).filter(({ x }) => !Number.isNaN(x));
        const sum = (of: (item: { x: number; weight: number }) => number): number => known.reduce((total, item) => total + of(item), 0);
        const total = sum(({ weight }) => weight);
        const mean = sum(({ x, weight }) => weight * x) / total;
        const variance = sum(({ x, weight }) => weight * (x - mean) ** 2) / (total - sum(({ weight }) => weight ** 2) / total);
        const deviation = exponentialDeviation(Float64Array.from(values), span)[last];
        if (known.length < 2) expect(deviation ?? NONE).toBeNaN();
        else expect(Math.abs(deviation - Math.sqrt(variance))).toBeLessThan(1e-12);
      }),
    );
  });

  it('is zero where nothing moves, and unknown where only the newest value counts', () => {
    expect([...exponentialDeviation(new Float64Array(4).fill(0.1), 5)]).toEqual([NONE, 0, 0, 0]);
    expect([...exponentialDeviation(Float64Array.of(1, 2, 3), 1)]).toEqual([NONE, NONE, NONE]);
    expect(exponentialDeviation(new Float64Array(0), 5)).toHaveLength(0);
  });
});
