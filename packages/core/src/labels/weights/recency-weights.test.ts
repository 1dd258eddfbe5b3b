import { expect, it } from 'vitest';
import { recencyWeights } from './recency-weights.js';

it('halves with every half-life, from the newest row on, whatever the order', () => {
  [0.25, 0.5, 1].forEach((weight, row) => expect(recencyWeights([0, 10, 20], 10)[row]).toBeCloseTo(weight, 15));
  expect([...recencyWeights([20, 0, 20], 10)]).toEqual([1, expect.closeTo(0.25, 15), 1]);
  expect([...recencyWeights([0, 1e9], 10)]).toEqual([1e-6, 1]);
  expect(recencyWeights([], 10).length).toBe(0);
  expect(() => recencyWeights([0], 0)).toThrow('`halfLifeBars` option of recencyWeights must be a number above 0');
});
