import { describe, expect, it } from 'vitest';
import { exp } from './exp.js';
import { log } from './log.js';
import { createRandom } from './random.js';
import { ulpsApart } from '../../../../tests/support/ulps.js';

describe('log', () => {
  it('has the exact values at the ends', () => {
    expect(log(1)).toBe(0);
    expect(log(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(log(-0)).toBe(Number.NEGATIVE_INFINITY);
    expect(log(-1)).toBeNaN();
    expect(log(Number.NaN)).toBeNaN();
    expect(log(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(log(2)).toBe(Math.LN2);
  });

  it('has these very bits in every engine', () => {
    expect([0.1, 3, 10, 0.999999, 1.5, 1e-320].map(log)).toEqual([
      -2.3025850929940455, 1.0986122886681096, 2.302585092994046, -0.000001000000500029089, 0.4054651081081644, -736.8272408909739,
    ]);
  });

  it('is within one ulp of Math.log, subnormal numbers included', () => {
    const random = createRandom(2);
    let largest = 0;
    for (let i = 0; i < 100_000; i += 1) {
      const x = i % 2 === 0 ? 2 * random.next() : exp((2 * random.next() - 1) * 740);
      largest = Math.max(largest, ulpsApart(log(x), Math.log(x)));
    }
    expect(largest).toBeLessThanOrEqual(1);
  });
});
