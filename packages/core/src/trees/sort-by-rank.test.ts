import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSortSpace, sortByRank } from './sort-by-rank.js';

it('sorts rows by rank and keeps the order of equal ranks, few rows or many, small ranks or large', () => {
  const ranks = fc.integer({ min: 0, max: 3 }).chain((bytes) => fc.array(fc.integer({ min: 0, max: Math.min(2 ** (8 * bytes) + 5, 2 ** 31 - 1) }), { minLength: 1, maxLength: 150 }));
  fc.assert(
    fc.property(ranks, (given) => {
      const sorted = Int32Array.from(given);
      const rows = Int32Array.from(given, (_, i) => i);
      sortByRank(sorted, rows, given.length, Math.max(...given), createSortSpace(given.length));
      const expected = given.map((rank, row) => ({ rank, row })).sort((a, b) => a.rank - b.rank || a.row - b.row);
      expect([...sorted]).toEqual(expected.map(({ rank }) => rank));
      expect([...rows]).toEqual(expected.map(({ row }) => row));
    }),
  );
});

it('leaves what lies behind the count alone', () => {
  const ranks = Int32Array.from({ length: 60 }, (_, i) => 60 - i);
  const rows = Int32Array.from({ length: 60 }, (_, i) => i);
  sortByRank(ranks, rows, 50, 60, createSortSpace(60));
  expect([...ranks.subarray(50)]).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  expect(ranks[0]).toBe(11);
});
