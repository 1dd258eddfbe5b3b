import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { gainTest } from './gain-test.js';
import type { GainTest } from './gain-test.js';

function series(rows: number, seed: number, mean = 0): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: rows }, () => mean + random.normal());
}

const test = (gains: Float64Array, blockLength = 10): GainTest => gainTest(gains, { blockLength, seed: 1, samples: 2000 }) as GainTest;

describe('gainTest', () => {
  it('is never surer than Student\'s t for independent rows, and little less sure', () => {
    let wider = 0;
    for (let seed = 0; seed < 50; seed += 1) {
      const gains = series(1000, seed, 0.05);
      const mean = gains.reduce((sum, x) => sum + x, 0) / 1000;
      const error = Math.sqrt(gains.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 999 / 1000);
      const { gain, low, high } = test(gains);
      expect(gain).toBeCloseTo(mean, 12);
      wider += (high - low) / (2 * 1.96 * error) / 50;
    }
    expect(wider).toBeGreaterThan(1);
    expect(wider).toBeLessThan(1.4);
  });

  it('interval and p-value agree on what lies outside, and turn round with the sign', () => {
    for (let seed = 0; seed < 40; seed += 1) {
      const gains = series(400, seed, 0.1);
      const { pValue, low, high } = test(gains);
      expect(low > 0).toBe(pValue < 0.025);
      const turned = test(gains.map((x) => -x));
      expect(turned.low).toBeCloseTo(-high, 12);
      expect(turned.pValue + pValue).toBeGreaterThan(0.98);
    }
  });

  it('does not believe rows that repeat', () => {
    const gains = series(100, 3, 0.5);
    const repeated = Float64Array.from({ length: 1000 }, (_, row) => gains[Math.floor(row / 10)]);
    expect(test(gains, 1).pValue).toBeLessThan(0.01);
    // each value stands for ten rows, and the p-value stays within the same order of magnitude
    expect(test(repeated, 20).pValue / test(gains, 2).pValue).toBeLessThan(10);
    expect(test(repeated, 20).pValue / test(gains, 2).pValue).toBeGreaterThan(0.1);
  });

  it('a slow wave is no gain, though blocks of ten rows would say so', () => {
    const wave = Float64Array.from({ length: 1000 }, (_, row) => (row < 450 ? -1 : 1) * (1 + 0.2 * Math.abs(((row % 20) - 10) / 10)));
    expect(test(wave).pValue).toBeGreaterThan(0.2);
  });

  it('of nothing is certain: 0 from 0 to 0; of a gain that never varies nothing can be said', () => {
    expect(test(new Float64Array(100))).toEqual({ gain: 0, pValue: 1, low: 0, high: 0 });
    expect(test(new Float64Array(100).fill(0.5))).toBeNull();
    expect(test(Float64Array.from({ length: 100 }, (_, row) => 0.1 + (row % 3) * 1e-16))).toBeNull();
  });

  it('rare losses that resamples may lack do not blow up the interval', () => {
    const gains = Float64Array.from({ length: 1400 }, (_, row) => (row % 140 === 70 ? -1 : 0.01));
    const { low, high, pValue } = test(gains, 14);
    expect(pValue).toBeGreaterThan(0.05);
    expect(low).toBeGreaterThan(-0.1);
    expect(high).toBeLessThan(0.1);
  });

  it('needs five blocks', () => {
    expect(gainTest(series(49, 1), { blockLength: 10, seed: 1, samples: 100 })).toBeNull();
    expect(gainTest(series(50, 1), { blockLength: 10, seed: 1, samples: 100 })).not.toBeNull();
  });
});
