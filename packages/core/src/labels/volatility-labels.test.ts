// Labels of barriers in units of volatility, against a reading that takes each bar by itself.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createKlines, type Klines } from '../klines/klines.js';
import { volatilityCandidateOf } from './candidate.js';
import { labelReversals } from './label-reversals.js';

/** Bars that open and close at one price each. */
function bars(close: readonly number[]): Klines {
  const klines = createKlines(close.length);
  close.forEach((price, i) => {
    for (const column of [klines.open, klines.high, klines.low, klines.close]) column[i] = price;
  });
  return klines;
}

/** One label, from the definition: the barrier from the closes up to t, the answer from those after it. */
function naive(close: readonly number[], t: number, T: number, V: number): number {
  if (t < 49 || t + T >= close.length) return Number.NaN;
  let [squares, weights] = [0, 0];
  for (let i = 1; i <= t; i += 1) {
    const weight = 0.94 ** (t - i);
    squares += weight * Math.log(close[i] / close[i - 1]) ** 2;
    weights += weight;
  }
  const barrier = V * Math.sqrt((squares / weights) * T);
  if (!(barrier > 0)) return Number.NaN;
  for (let i = t + 1; i <= t + T; i += 1) {
    if (close[i] / close[t] - 1 >= barrier) return 1;
    if (1 - close[i] / close[t] >= barrier) return -1;
  }
  return 0;
}

const paths = fc.array(fc.integer({ min: -80, max: 80 }), { minLength: 70, maxLength: 110 }).map((returns) => returns.reduce<number[]>((prices, change) => [...prices, prices[prices.length - 1] * Math.exp(change / 1000)], [100]));
const questions = fc.record({ T: fc.integer({ min: 1, max: 12 }), V: fc.constantFrom(0.5, 1, 1.5, 2.25) });

it('agree with the naive reading on any path', () => {
  fc.assert(
    fc.property(paths, questions, (close, { T, V }) => {
      const { label } = labelReversals(bars(close), volatilityCandidateOf(T, V));
      expect([...label]).toEqual(close.map((_, t) => naive(close, t, T, V)));
    }),
    { numRuns: 60 },
  );
});

it('have a barrier that no later bar moves, and a label that no bar after its window moves', () => {
  fc.assert(
    fc.property(paths, questions, fc.integer({ min: 49, max: 60 }), (close, { T, V }, t) => {
      const candidate = volatilityCandidateOf(T, V);
      const before = labelReversals(bars(close), candidate);
      const after = (from: number) => labelReversals(bars(close.map((price, i) => (i > from ? price * (1 + ((i * 7) % 5)) : price))), candidate);
      expect(after(t).barrier.subarray(0, t + 1)).toEqual(before.barrier.subarray(0, t + 1));
      if (t + T < close.length) expect(after(t + T).label[t]).toBe(before.label[t]);
    }),
    { numRuns: 40 },
  );
});

it('are missing, with their spans, where volatility is not known or is 0', () => {
  const close = [...Array.from({ length: 80 }, () => 100), 101, 100, 102, 101, 103];
  const { label, barrier, spanEnd, upswing } = labelReversals(bars(close), volatilityCandidateOf(2, 1));
  expect([...label.subarray(0, 80)].every(Number.isNaN)).toBe(true);
  expect([spanEnd[79], spanEnd[80], upswing[79]]).toEqual([-1, 82, Number.NaN]);
  expect(barrier[80]).toBeGreaterThan(0);
});

it('ask less of a calm market than of a turbulent one', () => {
  const path = (size: number): number[] => Array.from({ length: 70 }, (_, i) => 100 * (1 + (i % 2) * size));
  const [calm, wild] = [0.01, 0.05].map((size) => labelReversals(bars([...path(size), 100, 103, 103]), volatilityCandidateOf(1, 1)));
  expect([calm.label[70], wild.label[70]]).toEqual([1, 0]);
  expect(wild.barrier[70] / calm.barrier[70]).toBeCloseTo(Math.log(1.05) / Math.log(1.01), 6);
});
