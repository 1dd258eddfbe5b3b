import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../numeric/random.js';
import { gridRounder } from './grid-rounder.js';

describe('gridRounder', () => {
  it('makes sums that are the same in every order, and differences without error', () => {
    const random = createRandom(3);
    const raw = Array.from({ length: 3000 }, () => (random.next() - 0.5) * 10 ** (random.integer(9) - 8));
    const rounder = gridRounder(3000);
    const values = raw.map((value) => value + rounder - rounder);
    const forward = values.reduce((sum, value) => sum + value, 0);
    expect(values.reduceRight((sum, value) => sum + value, 0)).toBe(forward);
    const part = values.slice(0, 1501).reduce((sum, value) => sum + value, 0);
    expect(forward - part).toBe(values.slice(1501).reduce((sum, value) => sum + value, 0));
    values.forEach((value, i) => expect(Math.abs(value - raw[i])).toBeLessThan(1e-11));
  });

  it('is a grid for sums of any size', () => {
    for (const scale of [1e-30, 1, 1e30]) {
      const rounder = gridRounder(scale * 5);
      const step = rounder / 1.5 / 2 ** 52;
      expect(Number.isInteger(Math.log2(step))).toBe(true);
      expect((scale * 5) / step).toBeLessThanOrEqual(2 ** 51);
      expect((scale * 5) / step).toBeGreaterThan(2 ** 49);
      expect(Math.abs(scale * 5 + rounder - rounder - scale * 5)).toBeLessThanOrEqual(step / 2);
    }
  });

  it('leaves 0 alone', () => {
    const rounder = gridRounder(0);
    expect(Number.isFinite(rounder)).toBe(true);
    expect(0 + rounder - rounder).toBe(0);
  });
});
