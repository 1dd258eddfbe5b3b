import { expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { sideLogOdds } from './side-log-odds.js';

it('tells how often a simulated price touches each barrier first or last', () => {
  const [barrier, volatility, T] = [0.12, 0.04, 14];
  const random = createRandom(5);
  let rises = 0;
  let falls = 0;
  for (let path = 0; path < 60_000; path += 1) {
    let price = 1;
    let highest = 1;
    let lowest = 1;
    for (let bar = 0; bar < T; bar += 1) {
      price *= Math.exp(volatility * random.normal() - (volatility * volatility) / 2);
      highest = Math.max(highest, price);
      lowest = Math.min(lowest, price);
    }
    if (highest >= 1 + barrier) rises += 1;
    if (lowest <= 1 - barrier) falls += 1;
  }
  // each share has a standard error of about 0.002 of 0.3
  expect(Math.abs(sideLogOdds({ barrier, volatility, T }) - Math.log(rises / falls))).toBeLessThan(0.03);
});

it('goes to nothing for small barriers, to the upper side for large ones, and is missing where nothing is known', () => {
  expect(Math.abs(sideLogOdds({ barrier: 0.001, volatility: 0.02, T: 14 }))).toBeLessThan(0.02);
  expect(sideLogOdds({ barrier: 0.4, volatility: 0.08, T: 14 })).toBeGreaterThan(0.2);
  expect(sideLogOdds({ barrier: 1.2, volatility: 0.2, T: 14 })).toBe(2);
  for (const missing of [{ barrier: Number.NaN, volatility: 0.02, T: 14 }, { barrier: 0.1, volatility: 0, T: 14 }, { barrier: 0.9, volatility: 1e-9, T: 14 }]) expect(sideLogOdds(missing)).toBeNaN();
});
