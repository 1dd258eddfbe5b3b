import { describe, expect, it } from 'vitest';
import { createRandom } from '../numeric/random.js';
import { blockLengthFor, skillInterval } from './block-bootstrap.js';
import { skillVerdict } from './skill-verdict.js';

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
    expect(skillVerdict(few, 0.5, 1, few)).toEqual({ hasSkill: false, sentence: expect.stringContaining('59 test bars are too few for an interval') });
  });

  it('the block length follows the horizon, or the number of rows', () => {
    expect(blockLengthFor(1000, 21)).toBe(42);
    expect(blockLengthFor(1000, 1)).toBe(10);
    expect(blockLengthFor(1001, 1)).toBe(11);
  });
});

describe('skillVerdict', () => {
  const interval = (low: number, high: number) => ({ skill: (low + high) / 2, interval: [low, high] as const, blockLength: 42, rows: 1323 });

  it('needs an interval wholly above 0', () => {
    const sure = interval(0.01, 0.02);
    expect(skillVerdict(interval(-0.15, -0.07), 1.23, 1.11, sure)).toEqual({
      hasSkill: false,
      sentence: 'No measurable skill: log loss 1.230 against 1.110 for class shares (skill -11.0 %, 95 % interval -15.0 % to -7.0 %).',
    });
    expect(skillVerdict(interval(0, 0.2), 1, 1.1, sure).hasSkill).toBe(false);
    expect(skillVerdict(interval(0.01, 0.03), 1, 1.1, sure)).toEqual({
      hasSkill: true,
      sentence: 'Measurable skill: log loss 1.000 against 1.100 for class shares (skill 2.0 %, 95 % interval 1.0 % to 3.0 %).',
    });
  });

  it('is no better than class shares that are worse than equal chances', () => {
    expect(skillVerdict(interval(0.003, 0.016), 2.166, 2.186, interval(-1.2, -0.8))).toEqual({
      hasSkill: false,
      sentence: 'No measurable skill: log loss 2.166 against 2.186 for class shares (skill 0.9 %, 95 % interval 0.3 % to 1.6 %), yet not measurably better than equal chances for every answer (1.099).',
    });
  });
});
