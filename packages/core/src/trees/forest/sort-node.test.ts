import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createForestMemory } from './forest-memory.js';
import { plainOperations } from './plain-operations.js';
import { rankMatrix } from './ranked-matrix.js';

it('sorts a node by rank, equal ranks by position, and tells a constant feature', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 60 }), fc.nat(5), (given, begin) => {
      const table = { kind: 'ranks' as const, ranked: rankMatrix({ names: ['a'], columns: [Float64Array.from(given)], length: given.length }) };
      const operations = plainOperations(createForestMemory(table, new Uint8Array(given.length), 2), { minRows: 1, minWeight: 0 });
      const { sample, order, sortedRanks } = operations.memory.arrays;
      given.forEach((_, row) => (sample[row] = given.length - 1 - row)); // rows from the last to the first
      const count = given.length - begin;
      fc.pre(count > 0);
      const node = given.slice(0, count).reverse();
      expect(operations.sortNode(0, begin, count)).toBe(new Set(node).size > 1);
      if (new Set(node).size === 1) return;
      const expected = node.map((_, position) => position).sort((a, b) => node[a] - node[b] || a - b);
      expect([...order.subarray(0, count)]).toEqual(expected);
      expect([...sortedRanks.subarray(0, count)]).toEqual(expected.map((position) => table.ranked.ranks[0][given.length - 1 - begin - position]));
    }),
  );
});
