import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { bootstrapByDate } from './date-bootstrap.js';

/** A series whose neighbours over `memory` times share their noise. */
function series(times: number, memory: number, gain: number, seed: number): Float64Array {
  const random = createRandom(seed, 3);
  const steps = Float64Array.from({ length: times + memory }, () => random.normal());
  return Float64Array.from({ length: times }, (_, time) => gain + steps.subarray(time, time + memory).reduce((sum, step) => sum + step, 0) / memory);
}

describe('bootstrapByDate', () => {
  it('has the error of means of circular blocks drawn many times', () => {
    const gains = Float64Array.from({ length: 120 }, (_, time) => ((time * 7) % 11) / 10 + (time % 40 < 20 ? 0.5 : -0.3));
    const found = bootstrapByDate(gains, 24);
    const random = createRandom(1);
    const means = Array.from({ length: 20_000 }, () => {
      let sum = 0;
      for (let block = 0; block < 5; block += 1) {
        const start = random.integer(120);
        for (let i = 0; i < 24; i += 1) sum += gains[(start + i) % 120];
      }
      return sum / 120;
    });
    const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
    const error = Math.sqrt((means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / means.length) * (5 / 4));
    // Student's t with four degrees of freedom leaves 2.5 percent beyond 2.7764
    expect(((found?.high ?? 0) - (found?.low ?? 0)) / 2 / 2.7764451 / error).toBeCloseTo(1, 1);
  });

  it('misses a gain of 0 in about one series of twenty, whatever the overlap', () => {
    for (const memory of [1, 14]) {
      let missed = 0;
      for (let seed = 0; seed < 400; seed += 1) {
        const test = bootstrapByDate(series(800, memory, 0, seed), 2 * memory);
        if (test !== null && (test.low > 0 || test.high < 0)) missed += 1;
      }
      expect(missed / 400).toBeGreaterThan(0.02);
      expect(missed / 400).toBeLessThan(0.09);
    }
  });

  it('interval and p-value agree, a gain is found, nothing is nothing', () => {
    for (let seed = 0; seed < 40; seed += 1) {
      const test = bootstrapByDate(series(500, 7, 0.1, seed), 14);
      expect((test?.low ?? 0) > 0).toBe((test?.pValue ?? 1) < 0.025);
    }
    expect(bootstrapByDate(series(2000, 7, 0.3, 1), 14)?.low).toBeGreaterThan(0);
    expect(bootstrapByDate(new Float64Array(100), 10)).toEqual({ gain: 0, pValue: 1, low: 0, high: 0 });
    expect(bootstrapByDate(new Float64Array(100).fill(0.5), 10)).toBeNull();
    expect(bootstrapByDate(series(49, 1, 0, 1), 10)).toBeNull();
  });
});
