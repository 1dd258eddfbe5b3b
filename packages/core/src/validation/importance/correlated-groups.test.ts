import { expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { correlatedGroups } from './correlated-groups.js';

const random = createRandom(2);
const a = Float64Array.from({ length: 200 }, () => random.normal());
const matrix = {
  names: ['a', 'alone', 'cubed', 'against', 'constant', 'gaps'],
  columns: [a, a.map(() => random.normal()), a.map((x) => x * x * x), a.map((x) => -x + random.normal() / 3), a.map(() => 1), a.map((x, row) => (row % 3 === 0 ? Number.NaN : x + random.normal()))],
  length: 200,
};

it('joins features whose ranks go together or against each other, whatever their scale', () => {
  expect(correlatedGroups(matrix)).toEqual({ 'a + cubed + against': ['a', 'cubed', 'against'] });
  expect(correlatedGroups(matrix, { threshold: 0.999 })).toEqual({ 'a + cubed': ['a', 'cubed'] });
  expect(correlatedGroups(matrix, { threshold: 0.5 })).toEqual({ 'a + cubed + against + gaps': ['a', 'cubed', 'against', 'gaps'] });
});

it('gives equal values the same rank, and takes rows where both have values', () => {
  const columns = [Float64Array.of(1, 1, 2, 2, NaN, 9), Float64Array.of(5, 5, 7, 7, 1, NaN)];
  expect(correlatedGroups({ names: ['p', 'q'], columns, length: 6 }, { threshold: 0.99 })).toEqual({ 'p + q': ['p', 'q'] });
});

it('refuses a threshold that is none', () => {
  for (const threshold of [0, 1.1, NaN]) expect(() => correlatedGroups(matrix, { threshold })).toThrow(/The `threshold` option of correlatedGroups must be a number above 0, at most 1/);
});
