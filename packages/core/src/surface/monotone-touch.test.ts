import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ForecastRecord } from '../validation/evidence/forecast-record.js';
import { makeConsistent } from './consistent-forecasts.js';
import { consistentRecords } from './consistent-records.js';
import { monotoneTouch, type TouchQuestion } from './monotone-touch.js';

const question = fc.record({ T: fc.integer({ min: 1, max: 6 }), barrier: fc.integer({ min: 1, max: 6 }).map((n) => n / 50) });
const problem = fc.array(fc.tuple(question, fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 1, maxLength: 12 });
const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a).reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0);

function expectMonotone(questions: readonly TouchQuestion[], touched: ArrayLike<number>): void {
  questions.forEach((a, i) => questions.forEach((b, j) => {
    if (a.T <= b.T && a.barrier >= b.barrier) expect(touched[i]).toBeLessThanOrEqual(touched[j]);
  }));
}

describe('monotoneTouch', () => {
  it('orders every pair, leaves alone what is in order, and repeats itself', () => {
    fc.assert(fc.property(problem, (rows) => {
      const questions = rows.map(([q]) => q);
      const agreed = monotoneTouch(questions, rows.map(([, p]) => p));
      expectMonotone(questions, agreed);
      expect(Math.min(...agreed)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...agreed)).toBeLessThanOrEqual(1);
      expect(monotoneTouch(questions, agreed)).toEqual(agreed);
    }), { numRuns: 200 });
  });

  it('is never further from any monotone truth than what it was given', () => {
    fc.assert(fc.property(problem, fc.tuple(fc.double({ min: 0.1, max: 3, noNaN: true }), fc.double({ min: 0.01, max: 0.2, noNaN: true })), (rows, [power, scale]) => {
      const questions = rows.map(([q]) => q);
      const truth = questions.map(({ T, barrier }) => Math.min(1, (scale * Math.sqrt(T)) / barrier) ** power);
      const given = rows.map(([, p]) => p);
      expect(distance(monotoneTouch(questions, given), truth)).toBeLessThanOrEqual(distance(given, truth) + 1e-9);
    }), { numRuns: 200 });
  });

  it('is isotonic regression on a chain', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 15 }), (given) => {
      const agreed = monotoneTouch(given.map((_, i) => ({ T: i + 1, barrier: 0.08 })), given);
      const pooled = pool(given);
      agreed.forEach((value, i) => expect(value).toBeCloseTo(pooled[i], 8));
    }), { numRuns: 100 });
  });

  it('by hand', () => {
    expect([...monotoneTouch([{ T: 7, barrier: 0.08 }, { T: 14, barrier: 0.08 }], [0.5, 0.4])]).toEqual([0.45, 0.45]);
    expect([...monotoneTouch([{ T: 7, barrier: 0.06 }, { T: 14, barrier: 0.08 }], [0.5, 0.4])]).toEqual([0.5, 0.4]); // not comparable
    expect(() => monotoneTouch([], [1])).toThrow('`touched` option of monotoneTouch');
  });
});

/** Pool adjacent violators, written plainly. */
function pool(values: readonly number[]): number[] {
  const blocks: { sum: number; count: number }[] = [];
  for (const value of values) {
    blocks.push({ sum: value, count: 1 });
    while (blocks.length > 1 && blocks[blocks.length - 2].sum / blocks[blocks.length - 2].count > blocks[blocks.length - 1].sum / blocks[blocks.length - 1].count) {
      const last = blocks.pop() as { sum: number; count: number };
      blocks[blocks.length - 1].sum += last.sum;
      blocks[blocks.length - 1].count += last.count;
    }
  }
  return blocks.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count));
}

describe('makeConsistent', () => {
  it('moves the touch and keeps the odds of the side', () => {
    const [a, b] = makeConsistent([{ T: 7, barrier: 0.08, probabilities: [0.2, 0.5, 0.3] }, { T: 14, barrier: 0.08, probabilities: [0.1, 0.6, 0.3] }]);
    expect(a[1]).toBeCloseTo(0.55, 12);
    expect(a[2] / a[0]).toBeCloseTo(1.5, 12);
    expect(b[2] / b[0]).toBeCloseTo(3, 12);
    expect(a[0] + a[1] + a[2]).toBeCloseTo(1, 15);
    const fine = [{ T: 7, barrier: 0.08, probabilities: [0.1, 0.7, 0.2] as const }, { T: 14, barrier: 0.08, probabilities: [0.2, 0.5, 0.3] as const }];
    expect(makeConsistent(fine)).toEqual(fine.map(({ probabilities }) => probabilities));
  });
});

describe('consistentRecords', () => {
  const record = (T: number, times: readonly number[], touch: number): ForecastRecord => ({
    candidate: `T${T}_X8`, T, intervalMs: 1, symbols: ['A'], symbolIndex: new Int32Array(times.length), openTimeMs: Float64Array.from(times), fold: new Int32Array(times.length),
    labels: new Int8Array(times.length), barrier: new Float64Array(times.length).fill(0.08), volatility: new Float64Array(times.length),
    forecasts: [{ name: 'model', role: 'model', probabilities: Float64Array.from(times.flatMap(() => [touch / 2, 1 - touch, touch / 2])) }],
  });

  it('joins rows by market and time', () => {
    const [short, long] = consistentRecords([record(7, [1, 2, 3], 0.5), record(14, [2, 3, 4], 0.3)]);
    expect([0, 1, 2].map((row) => 1 - short.forecasts[0].probabilities[3 * row + 1])).toEqual([0.5, expect.closeTo(0.4, 12), expect.closeTo(0.4, 12)]);
    expect([0, 1, 2].map((row) => 1 - long.forecasts[0].probabilities[3 * row + 1])).toEqual([expect.closeTo(0.4, 12), expect.closeTo(0.4, 12), expect.closeTo(0.3, 12)]);
  });
});
