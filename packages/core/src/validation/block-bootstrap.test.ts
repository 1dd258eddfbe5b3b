import { describe, expect, it } from 'vitest';
import { createRandom } from '../numeric/random.js';
import { blockLengthFor, skillInterval } from './block-bootstrap.js';

/** Losses of a model that gains `gain` on a baseline of 1, with noise that T following rows share. */
function losses(rows: number, T: number, gain: number, seed: number): { model: Float64Array; baseline: Float64Array } {
  const random = createRandom(seed);
  const steps = Float64Array.from({ length: rows + T }, () => random.normal());
  const baseline = new Float64Array(rows).fill(1);
  const model = baseline.map((loss, row) => loss - gain - 0.1 * Math.sign(steps.slice(row, row + T).reduce((sum, step) => sum + step, 0)));
  return { model, baseline };
}

describe('skillInterval', () => {
  it('contains the skill, repeats by seed, and is 0 for equal losses', () => {
    const { model, baseline } = losses(400, 10, 0.02, 1);
    const first = skillInterval(model, baseline, { blockLength: 20, seed: 1 });
    const [low, high] = first.interval as readonly [number, number];
    expect(low < first.skill && first.skill < high).toBe(true);
    expect(skillInterval(model, baseline, { blockLength: 20, seed: 1 })).toEqual(first);
    expect(skillInterval(model, baseline, { blockLength: 20, seed: 2 })).not.toEqual(first);
    expect(skillInterval(baseline, baseline, { blockLength: 20, seed: 1 })).toEqual({ skill: 0, interval: [0, 0], blockLength: 20, rows: 400 });
  });

  it('misses a skill of zero in about 5 percent of 400 series, blocks of one row in far more', () => {
    const misses = (blockLength: number): number => {
      let count = 0;
      for (let seed = 0; seed < 400; seed += 1) {
        const { model, baseline } = losses(300, 10, 0, seed);
        const [low, high] = skillInterval(model, baseline, { blockLength, seed, samples: 400 }).interval as readonly [number, number];
        if (low > 0 || high < 0) count += 1;
      }
      return count / 400;
    };
    expect(misses(blockLengthFor(300, 10))).toBeLessThan(0.09);
    expect(misses(1)).toBeGreaterThan(0.3);
  });

  it('finds a gain that is there', () => {
    const { model, baseline } = losses(1000, 10, 0.1, 3);
    expect(skillInterval(model, baseline, { blockLength: 20, seed: 1 }).interval?.[0]).toBeGreaterThan(0);
  });

  it('gives no interval with fewer than three blocks', () => {
    const { model, baseline } = losses(59, 10, 0.5, 1);
    const few = skillInterval(model, baseline, { blockLength: 20, seed: 1 });
    expect(few.interval).toBeNull();
  });

  it('the block length follows the horizon, or the number of rows', () => {
    expect(blockLengthFor(1000, 21)).toBe(42);
    expect(blockLengthFor(1000, 1)).toBe(10);
    expect(blockLengthFor(1001, 1)).toBe(11);
  });
});
