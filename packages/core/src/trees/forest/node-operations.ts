// What growing a tree does with the rows of a node. Two implementations give the same bits: plain-operations (TypeScript, the
// account to read) and kernel-operations (WebAssembly). A node is the range of `sample` from `begin`, `count` rows long.
import type { ForestMemory } from './forest-memory.js';

export interface RankSplit {
  feature: number;
  /** Ranks at or below go left. */
  leftRank: number;
  /** The next rank on the right; -1 when only missing values go right. */
  rightRank: number;
  isMissingLeft: boolean;
  /** Larger is better; what it measures is the criterion's affair. */
  score: number;
}

export interface NodeOperations {
  readonly memory: ForestMemory;
  /** To be called when `draws`, `weights` and `sample` hold the next tree's. */
  startTree(): void;
  /** Gathers classes and weights of a node and sums them into `totals`; returns how often its rows were drawn. To be called before the others. */
  enterNode(begin: number, count: number): number;
  /** Sorts a node by a feature's ranks, equal ones by position, into `order` and `sortedRanks`. False: the feature is constant in it. */
  sortNode(feature: number, begin: number, count: number): boolean;
  /** Puts the best split on a feature by Gini impurity into `best` where it scores higher. False: the feature is constant. */
  tryGini(feature: number, begin: number, count: number, best: RankSplit): boolean;
  /** Least and greatest present value into `result`; returns how many values are missing. */
  valueRange(feature: number, begin: number, count: number): number;
  /** Class weights of the rows at or below `threshold` into the beginning of `sides`; returns how many rows. */
  sumLeft(feature: number, begin: number, count: number, threshold: number, isMissingLeft: boolean): number;
  /** Puts the rows that go left first, in their order; returns how many. */
  partitionByRank(feature: number, begin: number, count: number, leftRank: number, isMissingLeft: boolean): number;
  partitionByValue(feature: number, begin: number, count: number, threshold: number, isMissingLeft: boolean): number;
}

/** Fewest rows of a side, and least weight. */
export interface SideLimits {
  readonly minRows: number;
  readonly minWeight: number;
}

/** Whether a feature's ranks are counted in a node rather than sorted: few ranks, and rows enough to fill them. */
export function isCounted(rankCount: number, count: number): boolean {
  return rankCount <= 256 && count >= rankCount;
}
