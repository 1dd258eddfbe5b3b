import { expect, it } from 'vitest';
import { createKlines, klineAt, type Klines } from '../../klines/klines.js';
import { expectedVolatility } from '../../labels/expected-volatility.js';
import type { KernelMaker } from './kernel.js';
import { closeVolatility, exponentialVolatility, garmanKlassVolatility, parkinsonVolatility, yangZhangVolatility } from './volatility.js';

/** Bars of [open, high, low, close] as powers of e. */
function barsOf(rows: readonly (readonly [number, number, number, number])[]): Klines {
  const klines = createKlines(rows.length);
  rows.forEach(([open, high, low, close], row) => {
    for (const [name, power] of Object.entries({ open, high, low, close })) klines[name as 'open'][row] = Math.exp(power);
  });
  return klines;
}
function lastOf(maker: KernelMaker, klines: Klines): number {
  const kernel = maker();
  return Array.from(klines.close, (_, row) => kernel(klineAt(klines, row))).at(-1) ?? Number.NaN;
}

it('is the deviation of returns: 1, -1, 1, -1 deviate by the root of 4/3', () => {
  const klines = barsOf([0, 1, 0, 1, 0].map((power) => [power, power, power, power]));
  expect(lastOf(closeVolatility(4), klines)).toBeCloseTo(Math.sqrt(4 / 3), 12);
  expect(lastOf(closeVolatility(5), klines)).toBeNaN();
});

it('is the range over 2 root of log 2 by Parkinson, less what was kept of it by Garman and Klass', () => {
  const klines = barsOf([[0, 0.3, -0.1, 0.1], [0.1, 0.3, -0.1, 0.2]]); // ranges of 0.4, bodies of 0.1
  expect(lastOf(parkinsonVolatility(2), klines)).toBeCloseTo(0.4 / (2 * Math.sqrt(Math.LN2)), 12);
  expect(lastOf(garmanKlassVolatility(2), klines)).toBeCloseTo(Math.sqrt(0.08 - (2 * Math.LN2 - 1) * 0.01), 12);
});

it('sums jumps, bodies and paths by Yang and Zhang', () => {
  // jumps 0.2 and 0 (variance 0.02), bodies 0.1 and -0.1 (0.02), Rogers-Satchell 0.3 × 0.2 + 0.1 × 0.2 and 0.1 × 0.2 + 0.3 × 0.2
  const klines = barsOf([[0, 0, 0, 0], [0.2, 0.5, 0.1, 0.3], [0.3, 0.4, 0, 0.2]]);
  const k = 0.34 / (1.34 + 3);
  expect(lastOf(yangZhangVolatility(2), klines)).toBeCloseTo(Math.sqrt(0.02 + k * 0.02 + (1 - k) * 0.08), 12);
});

it('has the very bits of the volatility that barriers are made of, and none where there is no close', () => {
  const klines = barsOf(Array.from({ length: 60 }, (_, row) => [0, 0, 0, Math.sin(row) / 10]));
  expect(lastOf(exponentialVolatility(), klines)).toBe(expectedVolatility(klines.close)[59]);
  klines.close[59] = Number.NaN;
  expect(lastOf(exponentialVolatility(), klines)).toBeNaN();
  // returns of 1 and 2, the first weighing half
  expect(lastOf(exponentialVolatility({ decay: 0.5, lookbackBars: 3 }), barsOf([0, 1, 3].map((power) => [0, 0, 0, power])))).toBeCloseTo(Math.sqrt(4.5 / 1.5), 12);
});
