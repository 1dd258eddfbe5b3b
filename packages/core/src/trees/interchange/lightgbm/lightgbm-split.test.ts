import { describe, expect, it } from 'vitest';
import { nextDouble } from '../../binning/next-double.js';
import { lightgbmSplit } from './lightgbm-split.js';

const ZERO = Math.fround(1e-35);
const VALUES = [Number.NaN, -2, -1, -1e-30, -nextDouble(ZERO), -ZERO, -1e-36, -0, 0, 1e-36, ZERO, nextDouble(ZERO), 1e-30, 1, 2];

/** Tree::NumericalDecision of LightGBM, word for word. */
function goesLeft(given: number, threshold: number, decision: number): boolean {
  const missing = decision >> 2;
  const value = Number.isNaN(given) && missing !== 2 ? 0 : given;
  const isZero = value >= -ZERO && value <= ZERO;
  if ((missing === 1 && isZero) || (missing === 2 && Number.isNaN(value))) return (decision & 2) !== 0;
  return value <= threshold;
}

describe('a split of LightGBM', () => {
  it('sends every value where LightGBM sends it, or is refused because no threshold could', () => {
    let refused = 0;
    for (const decision of [0, 2, 4, 6, 8, 10]) {
      for (const threshold of [-1.5, -1e-30, -ZERO, -1e-36, 0, 1e-36, ZERO, 1e-30, 1.5]) {
        const expected = VALUES.map((value) => goesLeft(value, threshold, decision));
        let split;
        try {
          split = lightgbmSplit(decision, threshold, 'tree 0');
        } catch (error) {
          refused += 1;
          expect(error).toMatchObject({ code: 'BAD_FILE', message: expect.stringContaining('sends zeros, as missing values, to the other side') });
          const present = expected.slice(1); // in ascending order: one threshold means left, …, left, right, …, right
          expect(present.indexOf(false)).toBeLessThan(present.lastIndexOf(true));
          continue;
        }
        const { threshold: own, isMissingLeft } = split;
        expect(VALUES.map((value) => value <= own || (Number.isNaN(value) && isMissingLeft))).toEqual(expected);
      }
    }
    expect(refused).toBe(4);
  });

  it('is refused when it is categorical or no split of LightGBM', () => {
    expect(() => lightgbmSplit(1, 0, 'tree 7')).toThrow('tree 7 has a categorical split');
    expect(() => lightgbmSplit(12, 0, 'tree 7')).toThrow(expect.objectContaining({ code: 'CORRUPT' }));
  });
});
