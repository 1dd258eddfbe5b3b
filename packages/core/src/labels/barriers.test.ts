import { expect, it } from 'vitest';
import { barriers } from './barriers.js';
import { parseCandidate } from './candidate.js';
import { expectedVolatility } from './expected-volatility.js';

const close = Float64Array.from({ length: 90 }, (_, bar) => 100 * (1 + 0.02 * Math.sin(bar) + 0.001 * bar));

it('is one number for a move in percent, known from the first bar on', () => {
  expect(barriers(close, parseCandidate('T14_X8'))).toEqual(new Float64Array(90).fill(0.08));
});

it('is V times volatility times the square root of T for a move in expected moves', () => {
  const volatility = expectedVolatility(close);
  const barrier = barriers(close, parseCandidate('T16_V1.5'));
  expect(barrier.findIndex((size) => !Number.isNaN(size))).toBe(49);
  for (let bar = 49; bar < 90; bar += 1) expect(barrier[bar]).toBe(1.5 * 4 * volatility[bar]);
  const twice = barriers(close, parseCandidate('T16_V3'));
  expect(twice[80]).toBeCloseTo(2 * barrier[80], 14);
  expect(barriers(close, parseCandidate('T4_V1.5'))[80]).toBeCloseTo(barrier[80] / 2, 14);
});

it('is none where the price never moved', () => {
  expect(barriers(new Float64Array(60).fill(5), parseCandidate('T14_V1')).every(Number.isNaN)).toBe(true);
});
