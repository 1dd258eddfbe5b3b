// The two statistics of drift against scipy (tests/fixtures/drift/scipy.json says how it was asked), and by hand.
import { readFileSync } from 'node:fs';
import { kolmogorovSmirnov, populationStability } from '@forecastlab/core';
import { describe, expect, it } from 'vitest';

interface Golden {
  readonly ks: readonly { readonly name: string; readonly a: readonly number[]; readonly b: readonly number[]; readonly ks: number }[];
  readonly psi: readonly { readonly name: string; readonly expected: readonly number[]; readonly actual: readonly number[]; readonly psi: number }[];
}
const golden = JSON.parse(readFileSync(new URL('fixtures/drift/scipy.json', import.meta.url), 'utf8')) as Golden;

describe('kolmogorovSmirnov', () => {
  it.each(golden.ks)('gives the statistic of ks_2samp: $name', ({ a, b, ks }) => {
    expect(kolmogorovSmirnov(a, b)).toBeCloseTo(ks, 12);
    expect(kolmogorovSmirnov(b, a)).toBeCloseTo(ks, 12);
  });

  it('counts a missing value as one beyond all others', () => {
    expect(kolmogorovSmirnov([1, 2, 3, 4], [1, 2, Number.NaN, Number.NaN])).toBe(0.5);
    expect(kolmogorovSmirnov([Number.NaN, 1], [1, Number.NaN])).toBe(0);
  });

  it('refuses an empty sample', () => {
    expect(() => kolmogorovSmirnov([], [1])).toThrow('at least one value in each sample');
  });
});

describe('populationStability', () => {
  it.each(golden.psi)('is the symmetrised divergence: $name', ({ expected, actual, psi }) => {
    expect(populationStability(expected, actual)).toBeCloseTo(psi, 12);
  });

  it('is what a hand computes: (0.75 - 0.5) ln 1.5 + (0.25 - 0.5) ln 0.5', () => {
    expect(populationStability([10, 10], [15, 5])).toBeCloseTo(0.25 * Math.log(1.5) - 0.25 * Math.log(0.5), 14);
  });

  it('takes half a row for an empty bin, and nothing for one that is empty in both', () => {
    // expected shares 0.5, 0.5; actual 1 and 0.5 / 10
    expect(populationStability([50, 50, 0], [10, 0, 0])).toBeCloseTo(0.5 * Math.log(2) + (0.05 - 0.5) * Math.log(0.1), 14);
  });

  it('refuses unequal bins and sides without rows', () => {
    expect(() => populationStability([1, 2], [1])).toThrow('as many bins');
    expect(() => populationStability([1, 2], [0, 0])).toThrow('rows on both sides');
  });
});
