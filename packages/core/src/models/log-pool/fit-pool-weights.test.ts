import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { softmaxRows } from '../../numeric/softmax.js';
import { fitPoolWeights, poolObjective, type PoolProblem } from './fit-pool-weights.js';
import { logScores } from './log-scores.js';

/** Labels drawn from probabilities that the first member knows but for noise; the others see them through more of it. */
function problem(seed: number, { rows = 300, noise = [0.3, 0.6, 5], pull = 0 } = {}): PoolProblem {
  const random = createRandom(seed);
  const truth = Float64Array.from({ length: 3 * rows }, () => random.normal());
  const probabilities = softmaxRows(Float64Array.from(truth), 3);
  const labels = Int8Array.from({ length: rows }, (_, row) => {
    const u = random.next();
    return u < probabilities[3 * row] ? -1 : u < probabilities[3 * row] + probabilities[3 * row + 1] ? 0 : 1;
  });
  const members = noise.map((size) => logScores(softmaxRows(truth.map((score) => (size >= 5 ? 0 : score) + size * random.normal()), 3), 1e-9));
  return { members, labels, rowWeights: Float64Array.from(labels, () => random.next()), pull };
}

describe('fitPoolWeights', () => {
  it('is as low as the best of a grid, with any pull', () => {
    for (const pull of [0, 0.02, 1]) {
      const own = problem(3, { pull });
      const weights = fitPoolWeights(own);
      let best = Infinity;
      for (let a = 0; a <= 100; a += 1) for (let b = 0; a + b <= 100; b += 1) best = Math.min(best, poolObjective(own, Float64Array.of(a / 100, b / 100, (100 - a - b) / 100)));
      const found = poolObjective(own, weights);
      expect(found).toBeLessThanOrEqual(best + 1e-12);
      expect(found).toBeGreaterThan(best - 1e-3);
    }
  });

  it('stays on the simplex, and no pair of weights gains by moving (any data)', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 5 }), fc.double({ min: 0, max: 0.1, noNaN: true }), (seed, count, pull) => {
        const own = problem(seed, { rows: 60, noise: [0.2, 0.5, 1, 2, 5].slice(0, count), pull });
        const weights = fitPoolWeights(own);
        expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
        const value = poolObjective(own, weights);
        for (let a = 0; a < count; a += 1) {
          for (let b = 0; b < count; b += 1) {
            const step = Math.min(1e-3, weights[a]);
            const moved = weights.map((weight, i) => weight + (i === b ? step : 0) - (i === a ? step : 0));
            expect(poolObjective(own, moved)).toBeGreaterThanOrEqual(value - 1e-9);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('gives a member of pure noise nearly nothing once there are rows enough', () => {
    const [first, , noise] = fitPoolWeights(problem(1, { rows: 5000 }));
    expect(first).toBeGreaterThan(0.6);
    expect(noise).toBeLessThan(0.02);
  });

  it('gives members that say the same equal weights, and a strong pull gives all the same', () => {
    const own = problem(5);
    const same = { ...own, members: [own.members[0], own.members[0], own.members[0]], pull: 1e-6 };
    for (const weight of fitPoolWeights(same)) expect(weight).toBeCloseTo(1 / 3, 6);
    for (const weight of fitPoolWeights({ ...own, pull: 1e4 })) expect(weight).toBeCloseTo(1 / 3, 3);
  });
});
