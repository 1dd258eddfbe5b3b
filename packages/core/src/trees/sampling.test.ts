import { expect, it } from 'vitest';
import { createRandom } from '../numeric/random.js';
import { drawBootstrap, drawSubset } from './sampling.js';

it('drawSubset draws each number equally often, in ascending order', () => {
  const random = createRandom(1);
  const counts = Array.from({ length: 10 }, () => 0);
  for (let i = 0; i < 4000; i += 1) {
    const subset = [...drawSubset(10, 3, random)];
    expect(subset).toEqual([...new Set(subset)].sort((a, b) => a - b));
    expect(subset).toHaveLength(3);
    for (const number of subset) counts[number] += 1;
  }
  for (const count of counts) expect(Math.abs(count - 1200)).toBeLessThan(150); // five standard deviations
  expect([...drawSubset(4, 4, random)]).toEqual([0, 1, 2, 3]);
});

it('drawBootstrap draws as often as there are rows and leaves out a share of 1/e', () => {
  const counts = drawBootstrap(5000, createRandom(2));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5000);
  expect(counts.filter((count) => count === 0).length / 5000).toBeCloseTo(Math.exp(-1), 1);
});
