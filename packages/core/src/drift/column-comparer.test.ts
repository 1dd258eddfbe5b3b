import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binOf, createColumnComparer } from './column-comparer.js';
import { kolmogorovSmirnov } from './kolmogorov-smirnov.js';
import { populationStability } from './population-stability.js';

const values = fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constant(Number.NaN), fc.double({ min: -5, max: 5, noNaN: true })), { minLength: 1, maxLength: 40 });

describe('createColumnComparer', () => {
  it('gives what the plain functions give, ties and missing values included', () => {
    fc.assert(
      fc.property(values, values, fc.nat(), (column, sample, start) => {
        const begin = start % column.length;
        const edges = [-2, 0, 3];
        const counts = [4, 0, 7, 1, 2];
        const stretch = column.slice(begin);
        const inBin = counts.map((_, bin) => stretch.filter((value) => binOf(value, edges) === bin).length);
        const { psi, ks } = createColumnComparer(column, column, { edges, counts, sample }).compare(column.map((_, i) => i), begin, column.length);
        expect(ks).toBeCloseTo(kolmogorovSmirnov(sample, stretch), 12);
        expect(psi).toBe(populationStability(counts, inBin));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('puts a value into the bin of the first edge that it does not exceed', () => {
    expect([-9, -2, -1, 0, 3, 4, Number.NaN].map((value) => binOf(value, [-2, 0, 3]))).toEqual([0, 0, 1, 1, 2, 3, 4]);
  });
});
