import { expect, it } from 'vitest';
import { cohensKappa } from './cohens-kappa.js';

// Reference: counted in exact fractions (python3) from the list of single rows.
it.each([
  [[[4, 7, 7], [7, 8, 5], [11, 8, 6]], -0.06458880961321818],
  [[[30, 5, 1], [2, 120, 9], [4, 8, 21]], 0.713693355711324],
  [[[0, 5, 0], [0, 0, 5], [5, 0, 0]], -0.5],
])('of %j is %d', (confusion, expected) => {
  expect(cohensKappa(confusion)).toBeCloseTo(expected, 14);
});

it('is not defined when all rows are of one class and predicted so', () => {
  expect(cohensKappa([[0, 0, 0], [0, 7, 0], [0, 0, 0]])).toBeNull();
  expect(cohensKappa([[0, 0, 0], [2, 5, 0], [0, 0, 0]])).toBe(0);
});
