// Why early touches are not scored: on a random walk whose true chances are known, scoring them as soon as they are known makes an honest
// forecaster look wrong about how often a barrier is touched; scoring what has matured does not.
import { expect, it } from 'vitest';
import { createRandom } from '../numeric/random.js';
import { createKlines, type Klines } from '../klines/klines.js';
import type { Outcome } from './outcome.js';
import { outcomeOf } from './outcome-of.js';

const DAY = 86_400_000;
const START = Date.UTC(2024, 0, 1);
const [T, X, DAYS, WALKS] = [20, 0.1, 60, 300];

function walk(seed: number, days: number): Klines {
  const random = createRandom(seed);
  const klines = createKlines(days);
  let price = 100;
  for (let day = 0; day < days; day += 1) {
    klines.openTimeMs[day] = START + day * DAY;
    for (const column of ['open', 'high', 'low', 'close'] as const) klines[column][day] = price;
    price *= 1 + 0.02 * random.normal();
  }
  return klines;
}

const outcomesOf = (klines: Klines): Outcome[] => Array.from({ length: DAYS }, (_, day) => outcomeOf({ asofDate: new Date(START + day * DAY).toISOString().slice(0, 10), close: klines.close[day], T, X }, klines));

it('scores what has matured without bias, which early touches would have', () => {
  const count = { true: 0, truth: 0, matured: 0, ofMatured: 0, naive: 0, ofNaive: 0 };
  for (let seed = 1; seed <= WALKS; seed += 1) {
    // the whole future, and what is known of it on day 60
    const whole = outcomesOf(walk(seed, DAYS + T));
    const now = outcomesOf(walk(seed, DAYS));
    for (const outcome of whole) {
      if (outcome.status !== 'matured') continue;
      count.true += 1;
      if (outcome.label !== 0) count.truth += 1;
    }
    for (const outcome of now) {
      const isMatured = outcome.status === 'matured';
      const isTouched = isMatured ? outcome.label !== 0 : outcome.status === 'touched-early';
      if (isMatured) count.ofMatured += 1;
      if (isMatured && isTouched) count.matured += 1;
      if (isMatured || isTouched) count.ofNaive += 1;
      if (isTouched) count.naive += 1;
    }
  }
  const [truth, matured, naive] = [count.truth / count.true, count.matured / count.ofMatured, count.naive / count.ofNaive];
  expect(count.true).toBe(WALKS * DAYS);
  expect(count.ofMatured).toBe(WALKS * (DAYS - T));
  // the error of a share over 300 independent walks is below 0.03
  expect(Math.abs(matured - truth)).toBeLessThan(0.03);
  expect(naive - truth).toBeGreaterThan(0.05);
});
