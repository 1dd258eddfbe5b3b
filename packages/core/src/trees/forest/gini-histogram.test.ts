import { expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { createForestMemory } from './forest-memory.js';
import { findGiniSplitByRank } from './gini-histogram.js';
import { findGiniSplit } from './gini-split.js';
import { plainOperations } from './plain-operations.js';
import { rankMatrix } from './ranked-matrix.js';

it.each([0, 1, 2, 3, 4, 5])('finds the split that sorting finds, weights being whole (seed %d)', (seed) => {
  for (const [minRows, missing] of [[1, 0], [7, 0], [1, 0.2], [9, 0.5]]) {
    const random = createRandom(seed, minRows);
    const column = Float64Array.from({ length: 80 }, () => (random.next() < missing ? Number.NaN : random.integer(9)));
    const classIndexes = Uint8Array.from({ length: 80 }, () => random.integer(3));
    const ranked = rankMatrix({ names: ['a'], columns: [column], length: 80 });
    const memory = createForestMemory({ kind: 'ranks', ranked }, classIndexes, 3);
    const limits = { minRows, minWeight: 0 };
    const operations = plainOperations(memory, limits);
    const { arrays, missingRanks, rankCounts } = memory;
    arrays.weights.forEach((_, row) => (arrays.weights[row] = 1 + random.integer(4)));
    arrays.sample.forEach((_, row) => (arrays.sample[row] = row));
    operations.enterNode(0, 80);
    operations.sortNode(0, 0, 80);
    const none = { feature: -1, leftRank: 0, rightRank: 0, isMissingLeft: false, score: -Infinity };
    const counted = { ...none };
    const sorted = { ...none };
    findGiniSplitByRank(counted, 0, { arrays, count: 80, missingRank: missingRanks[0], rankCount: rankCounts[0] }, limits);
    const missingRows = column.filter(Number.isNaN).length;
    const node = { classIndexes: arrays.nodeClasses, weights: arrays.nodeWeights, totals: arrays.totals, ...limits };
    findGiniSplit(sorted, 0, { count: 80, missing: missingRows, ranks: arrays.sortedRanks, rows: arrays.order }, node, new Float64Array(3), new Float64Array(3));
    expect(counted.feature).toBe(0);
    expect(counted).toEqual(sorted);
  }
});
