import fc from 'fast-check';
import { expect, it } from 'vitest';
import { planRungs } from './plan-rungs.js';

it('keeps a third from rung to rung, two at least', () => {
  expect(planRungs(40, 3)).toEqual([27, 9, 3]);
  expect(planRungs(9, 1)).toEqual([8]);
  expect(planRungs(7, 3)).toEqual([2, 2, 2]);
});

it('uses fewer folds, or compares nothing, where the budget is small', () => {
  expect(planRungs(5, 3)).toEqual([2, 2]);
  expect(planRungs(3, 3)).toEqual([2]);
  expect(planRungs(2, 3)).toEqual([]);
});

it('never costs more than the budget, the last fit included, and one setting more would (any budget)', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 10 }), (budget, folds) => {
      const sizes = planRungs(budget, folds);
      expect(sizes.reduce((sum, size) => sum + size, 1)).toBeLessThanOrEqual(budget);
      sizes.forEach((size, rung) => expect(size).toBeLessThanOrEqual(sizes[Math.max(0, rung - 1)]));
      if (sizes.length > 0) expect(sizes[sizes.length - 1]).toBeGreaterThanOrEqual(2);
    }),
  );
});
