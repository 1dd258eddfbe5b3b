import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { dieboldMariano } from './diebold-mariano.js';

describe('dieboldMariano', () => {
  it('is what a hand computes', () => {
    // mean 2.5; autocovariances 1.25 and 0.3125; Bartlett's weight 1/2; variance of the mean 1.5625 / 4; statistic 4 before the
    // correction of sqrt((4 + 1 - 4 + 2 / 4) / 4); two-sided p of t with 3 degrees of freedom: 2 * 0.045861...
    const { statistic, pValue } = dieboldMariano(Float64Array.of(1, 2, 3, 4), { T: 2, lag: 1 }) as { statistic: number; pValue: number };
    expect(statistic).toBeCloseTo(4 * Math.sqrt(0.375), 12);
    // t with 3 degrees of freedom: P(|t| > x) = 1 - 2/π (θ + sin θ cos θ), tan θ = x / √3
    const angle = Math.atan(statistic / Math.sqrt(3));
    expect(pValue).toBeCloseTo(1 - (2 / Math.PI) * (angle + Math.sin(angle) * Math.cos(angle)), 10);
  });

  it('without lags it is the t-test, but for n instead of n - 1', () => {
    const gains = Float64Array.of(0.5, -1, 2, 0.25, 0.75, 1.5);
    const mean = gains.reduce((sum, x) => sum + x, 0) / 6;
    const variance = gains.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 6;
    expect(dieboldMariano(gains, { T: 1, lag: 0 })?.statistic).toBeCloseTo((mean / Math.sqrt(variance / 6)) * Math.sqrt(5 / 6), 12);
  });

  it('turns round with the sign, and is null where nothing can be said', () => {
    const gains = Float64Array.from({ length: 100 }, (_, i) => ((i * 7919) % 101) / 50 - 0.7);
    const [a, b] = [dieboldMariano(gains, { T: 3 }), dieboldMariano(gains.map((x) => -x), { T: 3 })];
    expect(a?.statistic).toBeCloseTo(-(b?.statistic as number), 12);
    expect(a?.pValue).toBeCloseTo(b?.pValue as number, 12);
    expect(dieboldMariano(new Float64Array(100).fill(0.1), { T: 3 })).toBeNull();
    expect(dieboldMariano(new Float64Array(100), { T: 3 })).toBeNull();
    expect(dieboldMariano(gains.subarray(0, 7), { T: 3 })).toBeNull();
    expect(() => dieboldMariano(gains, { T: 3, lag: 1 })).toThrow('The `lag` option of dieboldMariano must be an integer of at least T - 1 = 2. Got 1.');
    expect(() => dieboldMariano(gains, { T: 0 })).toThrow('The `T` option of dieboldMariano must be an integer of at least 1. Got 0.');
  });

  it('rejects equal forecasts about as often as it says, though their errors overlap', () => {
    const T = 14;
    const runs = 400;
    let rejected = 0;
    for (let seed = 0; seed < runs; seed += 1) {
      const random = createRandom(seed, 77);
      const steps = Float64Array.from({ length: 1200 + T }, () => random.normal());
      const gains = Float64Array.from({ length: 1200 }, (_, time) => steps.subarray(time, time + T).reduce((sum, x) => sum + x, 0));
      if ((dieboldMariano(gains, { T })?.pValue ?? 1) < 0.05) rejected += 1;
    }
    expect(rejected / runs).toBeGreaterThan(0.02);
    expect(rejected / runs).toBeLessThan(0.1);
  });
});
