import { expect, it } from 'vitest';
import { oddsOf } from './part-odds.js';

it('are those of one class against another; none where neither can be', () => {
  const odds = oddsOf(Float64Array.of(0.2, 0.2, 0.6, 0, 1, 0, 0.5, 0.5, 0), 2, 0);
  expect(odds[0]).toBeCloseTo(Math.log(3), 12);
  expect(odds[1]).toBe(0);
  expect(odds[2]).toBeCloseTo(Math.log(1e-9), 8);
});
