import { expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { permutedOrder } from './permuted-order.js';

const neighbours = (order: Int32Array): number => order.filter((row, i) => i > 0 && (row - order[i - 1] + order.length) % order.length === 1).length;

it.each([[1, 1], [7, 1], [60, 1], [60, 10], [63, 21], [64, 21], [20, 100]])('orders %d rows in blocks of %d: each row once', (rows, blockRows) => {
  const order = permutedOrder(rows, blockRows, createRandom(3, rows));
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, row) => row));
  expect(neighbours(order)).toBeGreaterThanOrEqual(rows - Math.ceil(rows / blockRows));
  expect([...permutedOrder(rows, blockRows, createRandom(3, rows))]).toEqual([...order]);
});

it('brings every row to every place about as often', () => {
  for (const blockRows of [1, 2]) {
    const random = createRandom(9);
    const counts = new Float64Array(36);
    for (let i = 0; i < 6000; i += 1) permutedOrder(6, blockRows, random).forEach((row, place) => (counts[6 * row + place] += 1));
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  }
});
