import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { blockLengthFor, skillInterval } from './block-bootstrap.js';

/** Losses of a model that gains `gain` on a baseline of 1, with noise that T following rows share. */
function losses(rows: number, T: number, gain: number, seed: number): { model: Float64Array; baseline: Float64Array } {
  const random = createRandom(seed);
  const steps = Float64Array.from({ length: rows + T }, () => random.normal());
  const baseline = new Float64Array(rows).fill(1);
  const model = baseline.map((loss, row) => loss - gain - 0.1 * Math.sign(steps.slice(row, row + T).reduce((sum, step) => sum + step, 0)));
  return { model, baseline };
}

/** Squared errors of two models that bet alike, each on a slow feature (0.99 a bar) of its own, on labels that overlap over T bars. */
function equalModels(rows: number, T: number, seed: number): { model: Float64Array; baseline: Float64Array } {
  const random = createRandom(seed, 77);
  const steps = Float64Array.from({ length: rows + T }, () => random.normal());
  const slow = [random.normal(), random.normal()];
  const model = new Float64Array(rows);
  const baseline = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const label = steps.subarray(row, row + T).reduce((sum, step) => sum + step, 0) / Math.sqrt(T);
    [model, baseline].forEach((column, i) => {
      slow[i] = 0.99 * slow[i] + Math.sqrt(1 - 0.99 ** 2) * random.normal();
      column[row] = (label - 0.3 * slow[i]) ** 2;
    });
  }
  return { model, baseline };
}

function misses(model: Float64Array, baseline: Float64Array, T: number, seed: number): boolean {
  const [low, high] = skillInterval(model, baseline, { blockLength: blockLengthFor(model.length, T), seed, samples: 200 }).interval as readonly [number, number];
  return low > 0 || high < 0;
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

  it('misses a skill of zero in about 5 percent of 400 series', () => {
    const missed = Array.from({ length: 400 }, (_, seed) => {
      const { model, baseline } = losses(300, 10, 0, seed);
      return misses(model, baseline, 10, seed);
    });
    expect(missed.filter(Boolean).length / 400).toBeLessThan(0.06);
    expect(missed.filter(Boolean).length / 400).toBeGreaterThan(0.01);
  });

  it('misses a skill of zero in about 5 percent of 400 series of persistent features too', () => {
    const missed = Array.from({ length: 400 }, (_, seed) => {
      const { model, baseline } = equalModels(1000, 7, seed);
      return misses(model, baseline, 7, seed);
    });
    expect(missed.filter(Boolean).length / 400).toBeLessThan(0.06);
    expect(missed.filter(Boolean).length / 400).toBeGreaterThan(0.01);
  });

  it('finds a gain that is there', () => {
    const { model, baseline } = losses(1000, 10, 0.1, 3);
    expect(skillInterval(model, baseline, { blockLength: 20, seed: 1 }).interval?.[0]).toBeGreaterThan(0);
  });

  it('gives no interval with fewer than five blocks', () => {
    const { model, baseline } = losses(99, 10, 0.5, 1);
    const few = skillInterval(model, baseline, { blockLength: 20, seed: 1 });
    expect(few.interval).toBeNull();
  });

  it('the block length follows the horizon, or the number of rows', () => {
    expect(blockLengthFor(1000, 21)).toBe(42);
    expect(blockLengthFor(1000, 1)).toBe(10);
    expect(blockLengthFor(1001, 1)).toBe(11);
  });
});
