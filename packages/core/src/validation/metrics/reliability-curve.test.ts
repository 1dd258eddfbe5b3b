import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { reliabilityCurve } from './reliability-curve.js';

/** Calibrated forecasts of class 1 that move slowly, and labels that T following rows share in part. */
function overlapping(rows: number, T: number, seed: number): { labels: Int8Array; probabilities: Float64Array } {
  const random = createRandom(seed);
  const steps = Float64Array.from({ length: rows + T }, () => random.normal());
  const labels = new Int8Array(rows);
  const probabilities = new Float64Array(3 * rows);
  let level = random.normal();
  for (let row = 0; row < rows; row += 1) {
    level = 0.95 * level + Math.sqrt(1 - 0.95 * 0.95) * random.normal();
    const p = 1 / (1 + Math.exp(1 - level));
    // a uniform number that hangs together over T rows; the row has the class where it is below p
    const common = steps.slice(row, row + T).reduce((sum, step) => sum + step, 0) / Math.sqrt(T);
    labels[row] = normalCdf(common) < p ? 1 : 0;
    probabilities.set([0, 1 - p, p], 3 * row);
  }
  return { labels, probabilities };
}

/** Abramowitz and Stegun 26.2.17, error below 1e-7. */
function normalCdf(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const tail = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return x > 0 ? 1 - tail : tail;
}

/** Rows of [0, 1 - p, p]. */
const forecasts = (p: readonly number[]): Float64Array => Float64Array.from(p.flatMap((value) => [0, 1 - value, value]));

describe('reliabilityCurve', () => {
  it('cuts bins of equal count by rising probability, with mean and share of each', () => {
    const { classIndex, bins } = reliabilityCurve([1, 0, 0, 1, 0, 1], forecasts([0.9, 0.1, 0.3, 0.5, 0.2, 0.7]), 2, { bins: 3, blockLength: 1 });
    expect(classIndex).toBe(2);
    expect(bins.map(({ rows, observedShare }) => [rows, observedShare])).toEqual([[2, 0], [2, 0.5], [2, 1]]);
    bins.forEach((bin, i) => expect(bin.meanProbability).toBeCloseTo([0.15, 0.4, 0.8][i], 15));
    expect(JSON.parse(JSON.stringify(bins))).toEqual(bins);
    const down = reliabilityCurve([-1, 0], Float64Array.of(0.6, 0.3, 0.1, 0.2, 0.4, 0.4), 0, { bins: 2, blockLength: 1 });
    expect(down.bins.map((bin) => [bin.meanProbability, bin.observedShare])).toEqual([[0.2, 0], [0.6, 1]]);
  });

  it('keeps equal probabilities together and leaves empty bins out', () => {
    const { bins } = reliabilityCurve([1, 0, 0, 1], forecasts([0.25, 0.25, 0.25, 0.5]), 2, { bins: 4, blockLength: 1 });
    expect(bins.map(({ rows, meanProbability }) => [rows, meanProbability])).toEqual([[3, 0.25], [1, 0.5]]);
    expect(reliabilityCurve([1, 0], forecasts([0.3, 0.3]), 2, { blockLength: 5 }).bins).toHaveLength(1);
  });

  it('gives Wilson intervals', () => {
    // 0 of 10: Brown, Cai and DasGupta (2001), Wilson's interval is [0, z2 / (n + z2)]
    const none = reliabilityCurve(new Int8Array(10), forecasts(Array<number>(10).fill(0.2)), 2, { bins: 1, blockLength: 1 }).bins[0];
    expect([none.low, none.high]).toEqual([0, expect.closeTo(0.2775, 4)]);
    const every = reliabilityCurve(new Int8Array(10).fill(1), forecasts(Array<number>(10).fill(0.2)), 2, { bins: 1, blockLength: 1 }).bins[0];
    expect([every.low, every.high]).toEqual([expect.closeTo(0.7225, 4), 1]);
    // as if 10 rows were two groups of rows that hang together
    const two = reliabilityCurve(new Int8Array(10), forecasts(Array<number>(10).fill(0.2)), 2, { bins: 1, blockLength: 5 }).bins[0];
    expect(two.high).toBeCloseTo(3.841459 / (2 + 3.841459), 5);
  });

  it('covers the truth in about 95 percent of series of overlapping labels; taking rows for independent does not', () => {
    const coverage = (blockLength: number): number => {
      let covered = 0;
      let bins = 0;
      for (let seed = 0; seed < 100; seed += 1) {
        const { labels, probabilities } = overlapping(600, 10, seed);
        for (const { low, high, meanProbability } of reliabilityCurve(labels, probabilities, 2, { blockLength }).bins) {
          bins += 1;
          if (low <= meanProbability && meanProbability <= high) covered += 1;
        }
      }
      return covered / bins;
    };
    expect(Math.abs(coverage(20) - 0.95)).toBeLessThan(0.03);
    expect(coverage(1)).toBeLessThan(0.85);
  });

  it('refuses what it cannot read', () => {
    const one = forecasts([0.5]);
    expect(() => reliabilityCurve([1], one, 3, { blockLength: 1 })).toThrow('The `classIndex` option of reliabilityCurve must be 0, 1 or 2. Got 3.');
    expect(() => reliabilityCurve([1], one, 2, { blockLength: 0 })).toThrow(/`blockLength` option/);
    expect(() => reliabilityCurve([1], one, 2, { blockLength: 1, bins: 0 })).toThrow(/`bins` option/);
    const bad = expect.objectContaining({ code: 'BAD_DATA' });
    expect(() => reliabilityCurve([], new Float64Array(0), 2, { blockLength: 1 })).toThrow(bad);
    expect(() => reliabilityCurve([1, 0], one, 2, { blockLength: 1 })).toThrow(bad);
    expect(() => reliabilityCurve([1], Float64Array.of(0, 0, Number.NaN), 2, { blockLength: 1 })).toThrow(bad);
  });
});
