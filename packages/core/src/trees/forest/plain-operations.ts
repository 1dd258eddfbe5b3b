// The operations on a node in TypeScript.
import { findGiniSplit } from './gini-split.js';
import { findGiniSplitByRank } from './gini-histogram.js';
import type { ForestMemory } from './forest-memory.js';
import { isCounted } from './node-operations.js';
import type { NodeOperations, SideLimits } from './node-operations.js';
import { gatherRanks, sortRanks } from './sort-node.js';

/** Operations on `memory` that need nothing but JavaScript. */
export function plainOperations(memory: ForestMemory, limits: SideLimits): NodeOperations {
  const { arrays, rows, classes, missingRanks, rankCounts } = memory;
  const { table, sample, spare, nodeClasses, nodeWeights, totals, sides, sortedRanks, order } = arrays;
  const node = { classIndexes: nodeClasses, weights: nodeWeights, totals, ...limits };
  const left = sides.subarray(0, classes);
  const right = sides.subarray(classes);

  const sortNode: NodeOperations['sortNode'] = (feature, begin, count) => {
    if (!gatherRanks(arrays, feature * rows, begin, count)) return false;
    sortRanks(arrays, count);
    return true;
  };

  /** Stable, in place but for the rows that go right. */
  function partition(begin: number, count: number, goesLeft: (row: number) => boolean): number {
    let middle = begin;
    let waiting = 0;
    for (let i = begin; i < begin + count; i += 1) {
      const row = sample[i];
      if (goesLeft(row)) {
        sample[middle] = row;
        middle += 1;
      } else {
        spare[waiting] = row;
        waiting += 1;
      }
    }
    sample.set(spare.subarray(0, waiting), middle);
    return middle - begin;
  }

  return {
    memory,
    startTree: () => undefined,
    sortNode,
    enterNode(begin, count) {
      const { classIndexes, weights, draws } = arrays;
      totals.fill(0);
      let cover = 0;
      for (let i = 0; i < count; i += 1) {
        const row = sample[begin + i];
        nodeClasses[i] = classIndexes[row];
        nodeWeights[i] = weights[row];
        totals[classIndexes[row]] += weights[row];
        cover += draws[row];
      }
      return cover;
    },
    tryGini(feature, begin, count, best) {
      const missingRank = missingRanks[feature];
      if (isCounted(rankCounts[feature], count)) {
        return gatherRanks(arrays, feature * rows, begin, count) && findGiniSplitByRank(best, feature, { arrays, count, missingRank, rankCount: rankCounts[feature] }, limits);
      }
      if (!sortNode(feature, begin, count)) return false;
      let missing = 0;
      while (sortedRanks[count - 1 - missing] === missingRank) missing += 1;
      findGiniSplit(best, feature, { ranks: sortedRanks, rows: order, count, missing }, node, left, right);
      return true;
    },
    valueRange(feature, begin, count) {
      let low = Infinity;
      let high = -Infinity;
      let missing = 0;
      for (let i = 0; i < count; i += 1) {
        const value = table[feature * rows + sample[begin + i]];
        if (value !== value) missing += 1;
        if (value < low) low = value;
        if (value > high) high = value;
      }
      arrays.result[0] = low;
      arrays.result[1] = high;
      return missing;
    },
    sumLeft(feature, begin, count, threshold, isMissingLeft) {
      left.fill(0);
      let leftRows = 0;
      for (let i = 0; i < count; i += 1) {
        const value = table[feature * rows + sample[begin + i]];
        if (!(value <= threshold || (value !== value && isMissingLeft))) continue;
        left[nodeClasses[i]] += nodeWeights[i];
        leftRows += 1;
      }
      return leftRows;
    },
    partitionByRank(feature, begin, count, leftRank, isMissingLeft) {
      const alsoLeft = isMissingLeft ? missingRanks[feature] : -1;
      return partition(begin, count, (row) => table[feature * rows + row] <= leftRank || table[feature * rows + row] === alsoLeft);
    },
    partitionByValue(feature, begin, count, threshold, isMissingLeft) {
      const isLeft = (value: number): boolean => value <= threshold || (value !== value && isMissingLeft);
      return partition(begin, count, (row) => isLeft(table[feature * rows + row]));
    },
  };
}
