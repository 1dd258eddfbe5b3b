import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { rankColumn } from './rank-column.js';

/** By comparisons. */
function plainly(column: Float64Array): { ranks: number[]; values: number[] } {
  const values = [...new Set([...column].filter((value) => !Number.isNaN(value)).map((value) => value + 0))].sort((a, b) => a - b);
  return { ranks: [...column].map((value) => (Number.isNaN(value) ? values.length : values.indexOf(value + 0))), values };
}

function ranked(column: Float64Array): { ranks: number[]; values: number[] } {
  const { ranks, values } = rankColumn(column);
  return { ranks: [...ranks], values: [...values] };
}

it('ranks as comparisons do: tiny and huge numbers of both signs, -0, repeats and NaN', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.double({ noDefaultInfinity: true }), fc.integer({ min: -3, max: 3 }), fc.constant(-0), fc.constant(Number.NaN))), (given) => {
      const column = Float64Array.from(given);
      expect(ranked(column)).toEqual(plainly(column));
    }),
  );
});

it('ranks many rows, by longer digits', () => {
  const random = createRandom(1);
  const column = Float64Array.from({ length: 9000 }, () => Math.round(200 * random.normal()) / 8);
  expect(ranked(column)).toEqual(plainly(column));
});
