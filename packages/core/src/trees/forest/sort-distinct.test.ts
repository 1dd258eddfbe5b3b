import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSortSpace, sortDistinct } from './sort-distinct.js';

const limit = 5000;
const space = createSortSpace(limit); // used again and again: each sort must leave it empty

it('sorts distinct numbers, few or many, and leaves what lies behind the count alone', () => {
  const numbers = fc.integer({ min: 1, max: limit }).chain((most) => fc.uniqueArray(fc.integer({ min: 0, max: most - 1 }), { maxLength: 200 }));
  fc.assert(
    fc.property(numbers, fc.array(fc.nat({ max: limit }), { maxLength: 3 }), (given, behind) => {
      const sorted = Int32Array.from([...given, ...behind]);
      sortDistinct(sorted, given.length, space);
      expect([...sorted]).toEqual([...given.sort((a, b) => a - b), ...behind]);
    }),
  );
});

it.each([15, 16, 32, 1024, limit])('sorts all numbers below %d', (count) => {
  const numbers = Int32Array.from({ length: count }, (_, i) => count - 1 - i);
  sortDistinct(numbers, count, createSortSpace(count));
  expect([...numbers]).toEqual(Array.from({ length: count }, (_, i) => i));
});
