import { expect, it } from 'vitest';
import { createKlines, type Klines } from '../../../klines/klines.js';
import { computeFeatures } from '../../compute-features.js';

const BARS = 70;

/** Closes from log returns; the first close is 1. */
function barsOf(returns: (row: number) => number, firstOpenMs = 0): Klines {
  const klines = createKlines(BARS);
  let power = 0;
  for (let row = 0; row < BARS; row += 1) {
    if (row > 0) power += returns(row);
    klines.close[row] = Math.exp(power);
    klines.openTimeMs[row] = firstOpenMs + row * 86_400_000;
  }
  return klines;
}
const zigzag = (size: number) => (row: number): number => (row % 2 === 0 ? size : -size);
const lastOf = (name: string, klines: Klines, leader: Klines): number => computeFeatures(klines, [name], { leader }).columns[0][BARS - 1];

it('compares with the leader', () => {
  const [calm, wild] = [barsOf(zigzag(0.01)), barsOf(zigzag(0.03))];
  expect(lastOf('volatility_against_leader_60', wild, calm)).toBeCloseTo(Math.log(3), 12);
  expect(lastOf('leader_correlation_60', wild, calm)).toBeCloseTo(1, 9);
  expect(lastOf('leader_correlation_60', barsOf(zigzag(-0.03)), calm)).toBeCloseTo(-1, 9);
  expect(lastOf('leader_volatility_21', wild, calm)).toBeCloseTo(Math.log(0.01 * Math.sqrt((21 - 1 / 21) / 20)), 9); // 11 falls, 10 rises
});

it('measures the strength against the leader in units of the own volatility', () => {
  const led = barsOf((row) => zigzag(0.02)(row) + 0.001);
  const volatility = 0.02 * Math.sqrt(60 / 59);
  expect(lastOf('strength_against_leader_30', led, barsOf(zigzag(0.01)))).toBeCloseTo(0.03 / (volatility * Math.sqrt(30)), 9);
  expect(lastOf('leader_momentum_30', barsOf(zigzag(0.01)), led)).toBeCloseTo(0.03 / (volatility * Math.sqrt(30)), 9);
});

it('joins on the open time: a leader whose bars open at other times is none', () => {
  const calm = barsOf(zigzag(0.01));
  expect(lastOf('leader_momentum_7', calm, barsOf(zigzag(0.01), 1))).toBeNaN();
  expect(lastOf('leader_momentum_7', calm, calm)).toBe(computeFeatures(calm, ['momentum_7']).columns[0][BARS - 1]);
});
