import { expect, it } from 'vitest';
import { createRandom } from '../numeric/random.js';
import { drawSubset } from './sampling.js';

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
