import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rankMatrix } from './ranked-matrix.js';

it('ranks equal values alike, -0 as 0, and missing values above all', () => {
  const columns = [Float64Array.of(5, -0, Number.NaN, 0, 5, -1), new Float64Array(6).fill(Number.NaN)];
  const { ranks, values } = rankMatrix({ names: ['a', 'b'], columns, length: 6 });
  expect([...ranks[0]]).toEqual([2, 1, 3, 1, 2, 0]);
  expect([...values[0]].map((value) => value + 0)).toEqual([-1, 0, 5]);
  expect([...ranks[1]]).toEqual([0, 0, 0, 0, 0, 0]);
  expect(values[1]).toHaveLength(0);
});

it('orders ranks as values are ordered', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 50 }), (given) => {
      const { ranks, values } = rankMatrix({ names: ['a'], columns: [Float64Array.from(given)], length: given.length });
      given.forEach((value, row) => expect(values[0][ranks[0][row]] === value).toBe(true));
      expect([...values[0]]).toEqual([...values[0]].sort((a, b) => a - b));
    }),
  );
});
