import { expect, it } from 'vitest';
import { matthewsCorrelation } from './matthews-correlation.js';

// Reference: Pearson's correlation of the one-hot columns, in exact fractions (python3), from the list of single rows.
it.each([
  [[[4, 7, 7], [7, 8, 5], [11, 8, 6]], -0.06549902854750471],
  [[[30, 5, 1], [2, 120, 9], [4, 8, 21]], 0.7138691090081885],
  [[[10, 14, 10], [0, 0, 0], [8, 8, 13]], 0.07461953246504115],
  [[[0, 5, 0], [0, 0, 5], [5, 0, 0]], -0.5],
])('of %j is %d', (confusion, expected) => {
  expect(matthewsCorrelation(confusion)).toBeCloseTo(expected, 14);
});

it('is 1 for right answers, and 0 where one class only is true or predicted', () => {
  expect(matthewsCorrelation([[2, 0, 0], [0, 3, 0], [0, 0, 4]])).toBe(1);
  expect(matthewsCorrelation([[0, 2, 0], [0, 3, 0], [0, 4, 0]])).toBe(0);
  expect(matthewsCorrelation([[0, 0, 0], [1, 3, 2], [0, 0, 0]])).toBe(0);
});
