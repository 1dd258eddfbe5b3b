import { describe, expect, it } from 'vitest';
import { exp } from './exp.js';
import { createRandom } from './random.js';
import { ulpsApart } from '../../../../tests/support/ulps.js';

describe('exp', () => {
  it('has the exact values at the ends', () => {
    expect(exp(0)).toBe(1);
    expect(exp(-0)).toBe(1);
    expect(exp(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(exp(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(exp(Number.NaN)).toBeNaN();
    expect(exp(709.782712893384)).toBeLessThan(Number.POSITIVE_INFINITY);
    expect(exp(709.7827128933841)).toBe(Number.POSITIVE_INFINITY);
    expect(exp(-745.1332191019411)).toBe(Number.MIN_VALUE);
    expect(exp(-745.1332191019412)).toBe(0);
    expect(exp(1e-300)).toBe(1);
  });

  it('has these very bits in every engine', () => {
    expect([1, -1, 0.1, 10.5, -30.25, 700].map(exp)).toEqual([
      2.7182818284590455, 0.36787944117144233, 1.1051709180756477, 36315.502674246636, 7.287724095819692e-14, 1.0142320547350045e304,
    ]);
  });

  it('is within one ulp of Math.exp over its whole range', () => {
    const random = createRandom(1);
    let largest = 0;
    for (let i = 0; i < 100_000; i += 1) {
      const span = [1, 40, 745][i % 3] as number;
      const x = (2 * random.next() - 1) * span;
      largest = Math.max(largest, ulpsApart(exp(x), Math.exp(x)));
    }
    expect(largest).toBeLessThanOrEqual(1);
  });
});
