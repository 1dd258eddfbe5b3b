import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { applySigmoid, fitSigmoid } from './fit-sigmoid.js';

/** Where a convex function of one number is least, by golden section. */
function goldenSection(f: (x: number) => number, from: number, to: number): number {
  const share = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  for (let i = 0; i < 100; i += 1) {
    const a = high - share * (high - low);
    const b = low + share * (high - low);
    if (f(a) < f(b)) high = b;
    else low = a;
  }
  return (low + high) / 2;
}

/** The documented objective, written again with Math. */
function objective(scores: readonly number[], isClass: readonly number[], weights: readonly number[]): (slope: number, intercept: number) => number {
  const positive = weights.reduce((sum, w, i) => sum + w * isClass[i], 0);
  const negative = weights.reduce((sum, w, i) => sum + w * (1 - isClass[i]), 0);
  return (slope, intercept) =>
    scores.reduce((sum, score, i) => {
      const target = isClass[i] === 1 ? (positive + 1) / (positive + 2) : 1 / (negative + 2);
      const p = 1 / (1 + Math.exp(-(slope * score + intercept)));
      return sum - weights[i] * (target * Math.log(p) + (1 - target) * Math.log(1 - p));
    }, 0);
}

function problem(seed: number, rows: number, slope: number): { scores: number[]; isClass: number[]; weights: number[] } {
  const random = createRandom(seed);
  const scores = Array.from({ length: rows }, () => 2 * random.normal() - 1);
  const isClass = scores.map((score) => (random.next() < 1 / (1 + Math.exp(-slope * score - 0.3)) ? 1 : 0));
  return { scores, isClass, weights: scores.map(() => 0.5 + random.next()) };
}

const fit = ({ scores, isClass, weights }: { scores: number[]; isClass: number[]; weights: number[] }) => fitSigmoid(Float64Array.from(scores), Uint8Array.from(isClass), Float64Array.from(weights));

describe('fitSigmoid', () => {
  it.each([1, 2, 3, 4])('finds the least of its objective, as golden sections do (problem %i)', (seed) => {
    const data = problem(seed, 60, 0.8);
    const f = objective(data.scores, data.isClass, data.weights);
    const best = (slope: number): number => goldenSection((intercept) => f(slope, intercept), -10, 10);
    const slope = goldenSection((a) => f(a, best(a)), 0, 10);
    const found = fit(data);
    expect(found.slope).toBeCloseTo(slope, 6);
    expect(found.intercept).toBeCloseTo(best(slope), 6);
    expect(f(found.slope, found.intercept)).toBeLessThanOrEqual(f(slope, best(slope)) + 1e-12);
  });

  it('gives what LIBSVM gives', () => {
    // sklearn/tests/test_calibration.py, test_sigmoid_calibration: A and B of a port of LIBSVM's C++, where ours are -A and -B
    const { slope, intercept } = fit({ scores: [5, -4, 1], isClass: [1, 0, 0], weights: [1, 1, 1] });
    expect(slope).toBeCloseTo(0.20261354391187855, 5);
    expect(intercept).toBeCloseTo(-0.6523631498001051, 5);
  });

  it('counts a row of weight 2 as two rows', () => {
    const { scores, isClass } = problem(5, 50, 1);
    const twice = fit({ scores, isClass, weights: scores.map((_, i) => (i < 20 ? 2 : 1)) });
    const listed = fit({ scores: [...scores, ...scores.slice(0, 20)], isClass: [...isClass, ...isClass.slice(0, 20)], weights: Array<number>(70).fill(1) });
    expect(twice.slope).toBeCloseTo(listed.slope, 10);
    expect(twice.intercept).toBeCloseTo(listed.intercept, 10);
  });

  it('is flat rather than falling: then it gives the mean of the targets', () => {
    const { scores, isClass, weights } = problem(6, 200, -1);
    const { slope, intercept } = fit({ scores, isClass, weights });
    expect(slope).toBe(0);
    const f = objective(scores, isClass, weights);
    expect(intercept).toBeCloseTo(goldenSection((b) => f(0, b), -10, 10), 6);
  });

  it('stays finite for separable rows, equal scores and one class only', () => {
    const separable = fit({ scores: [-3, -2, -1, 1, 2, 3], isClass: [0, 0, 0, 1, 1, 1], weights: [1, 1, 1, 1, 1, 1] });
    expect(separable.slope).toBeGreaterThan(0);
    // Platt's targets: (3 + 1) / (3 + 2) at the most
    expect(applySigmoid(separable, 3)).toBeLessThan(0.9);
    expect(separable.intercept).toBeCloseTo(0, 10);
    expect(applySigmoid(fit({ scores: [7, 7, 7, 7], isClass: [1, 0, 0, 0], weights: [1, 1, 1, 1] }), 7)).toBeCloseTo((2 / 3 + 3 / 5) / 4, 12);
    expect(applySigmoid(fit({ scores: [1, 2, 3], isClass: [0, 0, 0], weights: [1, 1, 1] }), 2)).toBeCloseTo(1 / 5, 12);
    expect(applySigmoid(fit({ scores: [1, 2, 3], isClass: [1, 1, 1], weights: [1, 1, 1] }), 2)).toBeCloseTo(4 / 5, 12);
  });

  it('never gives 0', () => {
    expect(applySigmoid({ slope: 1e9, intercept: 0 }, -30)).toBeGreaterThan(0);
    expect(applySigmoid({ slope: 1e9, intercept: 0 }, 30)).toBe(1);
  });
});
