import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { findGiniSplit } from './gini-split.js';
import type { RankSplit } from './node-operations.js';

/** Rows sorted by rank, with small whole weights, so that all sums are exact. */
function problem(seed: number, count: number, missing: number) {
  const random = createRandom(seed);
  const classIndexes = Uint8Array.from({ length: count }, () => random.integer(3));
  const weights = Float64Array.from({ length: count }, () => 1 + random.integer(4));
  const present = Array.from({ length: count - missing }, () => random.integer(12)).sort((a, b) => a - b);
  const ranks = Int32Array.from([...present, ...Array.from({ length: missing }, () => 12)]);
  const totals = new Float64Array(3);
  classIndexes.forEach((index, row) => (totals[index] += weights[row]));
  return { classIndexes, weights, totals, ranks, rows: Int32Array.from({ length: count }, (_, row) => row), count, missing };
}

/** The largest score over all places and both sides for missing values, each side summed up anew. */
function bestByTrial(data: ReturnType<typeof problem>, minRows: number): number {
  let best = -Infinity;
  for (let rank = 0; rank < 12; rank += 1) {
    for (const isMissingLeft of [true, false]) {
      const isLeft = (row: number): boolean => (data.ranks[row] === 12 ? isMissingLeft : data.ranks[row] <= rank);
      const sides = [true, false].map((side) => [...data.rows].filter((row) => isLeft(row) === side));
      if (sides.some((side) => side.length < Math.max(1, minRows))) continue;
      const scores = sides.map((side) => {
        const sums = [0, 0, 0];
        for (const row of side) sums[data.classIndexes[row]] += data.weights[row];
        return sums.reduce((total, sum) => total + sum * sum, 0) / sums.reduce((total, sum) => total + sum, 0);
      });
      best = Math.max(best, scores[0] + scores[1]);
    }
  }
  return best;
}

describe('findGiniSplit', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('scores as the best of all splits does (seed %d)', (seed) => {
    for (const [missing, minRows] of [[0, 1], [0, 6], [5, 1], [5, 4], [29, 1]]) {
      const data = problem(seed, 30, missing);
      const best: RankSplit = { feature: -1, leftRank: 0, rightRank: 0, isMissingLeft: false, score: -Infinity };
      findGiniSplit(best, 4, data, { ...data, minRows, minWeight: 0 }, new Float64Array(3), new Float64Array(3));
      expect(best.score).toBe(bestByTrial(data, minRows));
      expect(best.feature).toBe(4);
    }
  });

  it('keeps a better split of another feature, and finds none below the least weight', () => {
    const data = problem(1, 30, 0);
    const best: RankSplit = { feature: 2, leftRank: 0, rightRank: 1, isMissingLeft: false, score: 1e9 };
    findGiniSplit(best, 4, data, { ...data, minRows: 1, minWeight: 0 }, new Float64Array(3), new Float64Array(3));
    expect(best.feature).toBe(2);
    const none: RankSplit = { feature: -1, leftRank: 0, rightRank: 0, isMissingLeft: false, score: -Infinity };
    findGiniSplit(none, 4, data, { ...data, minRows: 1, minWeight: 1e6 }, new Float64Array(3), new Float64Array(3));
    expect(none.feature).toBe(-1);
  });
});
