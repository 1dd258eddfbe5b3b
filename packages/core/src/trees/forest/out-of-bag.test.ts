import { describe, expect, it } from 'vitest';
import { sampleProblem } from '../../../../../tests/support/sample-problem.js';
import { createRandom } from '../../numeric/random.js';
import { fitForest, predictForest } from './forest.js';
import type { ForestOptions } from './forest.js';

const rows = 120;
const { matrix, classIndexes } = sampleProblem(21, rows, 4, { missing: 0.05 });
const fit = (options: Partial<ForestOptions> = {}) => fitForest(matrix, classIndexes, { classes: 3, seed: 6, oob: true, ...options, params: { nEstimators: 9, ...options.params } });

/** The mean of whole trees' probabilities, for each row over the trees that did not draw it. */
function plainly(forest: ReturnType<typeof fit>, drawCount: number): number[] {
  const sums = new Float64Array(rows * 3);
  const counts = new Float64Array(rows);
  const trees = forest.trees.roots.length;
  for (let tree = 0; tree < trees; tree += 1) {
    const random = createRandom(6, tree);
    const drawn = new Set(Array.from({ length: drawCount }, () => random.integer(rows)));
    const alone = { classes: 3, trees: { ...forest.trees, roots: forest.trees.roots.subarray(tree, tree + 1) } };
    const p = predictForest(alone, matrix.columns, rows);
    for (let row = 0; row < rows; row += 1) {
      if (drawn.has(row)) continue;
      counts[row] += 1;
      for (let index = 0; index < 3; index += 1) sums[3 * row + index] += p[3 * row + index];
    }
  }
  return Array.from(sums, (sum, i) => sum / counts[Math.floor(i / 3)]);
}

describe('out of bag', () => {
  it.each([[undefined, rows], [0.25, 30], [50, 50]])('is the mean over the trees that left a row out (maxSamples %s)', (maxSamples, drawCount) => {
    const forest = fit({ params: maxSamples === undefined ? {} : { maxSamples } });
    const expected = plainly(forest, drawCount);
    expect([...(forest.outOfBag?.probabilities ?? [])]).toEqual(expected);
  });

  it('scores the rows that were left out, and only those', () => {
    const { outOfBag } = fit({ params: { nEstimators: 2 } });
    const { probabilities, accuracy, logLoss, rowsScored } = outOfBag ?? { probabilities: new Float64Array(0), accuracy: 0, logLoss: 0, rowsScored: 0 };
    const scored = Array.from({ length: rows }, (_, row) => row).filter((row) => !Number.isNaN(probabilities[3 * row]));
    expect(rowsScored).toBe(scored.length);
    expect(rowsScored).toBeLessThan(rows);
    const shares = (row: number): number[] => [...probabilities.subarray(3 * row, 3 * row + 3)];
    const right = scored.filter((row) => shares(row).indexOf(Math.max(...shares(row))) === classIndexes[row]);
    expect(accuracy).toBe(right.length / rowsScored);
    const losses = scored.map((row) => -Math.log(Math.min(1 - 2 ** -52, Math.max(2 ** -52, shares(row)[classIndexes[row]]))));
    expect(logLoss).toBeCloseTo(losses.reduce((sum, loss) => sum + loss, 0) / rowsScored, 12);
  });

  it('leaves rows of weight zero out of it', () => {
    const weights = Float64Array.from({ length: rows }, (_, row) => (row < 20 ? 0 : 1));
    const { outOfBag } = fit({ weights, params: { nEstimators: 40 } });
    const p = outOfBag?.probabilities ?? new Float64Array(0);
    expect(p).toHaveLength(3 * rows);
    expect(p.subarray(0, 60).every(Number.isNaN)).toBe(true);
    expect(p.subarray(60).some(Number.isNaN)).toBe(false);
    expect(outOfBag?.rowsScored).toBe(100);
  });

  it('needs a bootstrap', () => {
    expect(() => fit({ params: { bootstrap: false } })).toThrow('The `oob` option of fitForest must be false without bootstrap. Got true.');
    expect(() => fit({ params: { splitter: 'random' } })).toThrow(/`oob`/);
    expect(fit({ params: { splitter: 'random', bootstrap: true } }).outOfBag?.accuracy).toBeGreaterThan(0.5);
    expect(fitForest(matrix, classIndexes, { classes: 3, seed: 0, params: { nEstimators: 1 } })).not.toHaveProperty('outOfBag');
  });

  it('has no score where no row was left out', () => {
    const { outOfBag } = fitForest({ names: ['a'], columns: [Float64Array.of(1)], length: 1 }, [1], { classes: 2, seed: 0, oob: true, params: { nEstimators: 3 } });
    expect(outOfBag).toEqual({ probabilities: Float64Array.of(Number.NaN, Number.NaN), accuracy: Number.NaN, logLoss: Number.NaN, rowsScored: 0 });
  });
});
