import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rowLogLosses } from '../metrics/probability-scores.js';
import { partLosses } from './part-losses.js';

it('is what a hand computes', () => {
  const { total, touch, side } = partLosses([1, 0, -1], Float64Array.of(0.1, 0.5, 0.4, 0.1, 0.5, 0.4, 0.1, 0.5, 0.4));
  expect(Array.from(touch).map((loss) => Math.exp(-loss).toFixed(12))).toEqual(['0.500000000000', '0.500000000000', '0.500000000000']);
  expect(Array.from(side).map((loss) => Math.exp(-loss).toFixed(12))).toEqual(['0.800000000000', '1.000000000000', '0.200000000000']);
  expect(Array.from(total).map((loss) => Math.exp(-loss).toFixed(12))).toEqual(['0.400000000000', '0.500000000000', '0.100000000000']);
});

it('the parts add up to the log loss, for any forecast and answer', () => {
  const share = fc.double({ min: 1e-6, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(-1, 0, 1), share, share, share), { minLength: 1, maxLength: 50 }), (rows) => {
      const labels = rows.map(([label]) => label);
      const probabilities = Float64Array.from(rows.flatMap(([, a, b, c]) => [a, b, c].map((p) => p / (a + b + c))));
      const { total, touch, side } = partLosses(labels, probabilities);
      expect(total).toEqual(rowLogLosses(labels, probabilities));
      total.forEach((loss, row) => expect(touch[row] + side[row]).toBeCloseTo(loss, 12));
    }),
  );
});
