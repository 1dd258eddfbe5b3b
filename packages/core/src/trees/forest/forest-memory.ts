// The arrays that growing trees works on: what stays for the whole forest, what belongs to one tree, what belongs to one node.
// With a kernel they lie in its memory, so that TypeScript and WebAssembly see the same numbers.
import { allocateArrays } from '../kernels/allocate-arrays.js';
import type { ArrayPlan, ArraysOf } from '../kernels/allocate-arrays.js';
import type { KernelInstance } from '../kernels/instantiate-kernel.js';
import type { RankedMatrix } from './ranked-matrix.js';

/** What splits are sought in: ranks for the best split, values for random thresholds. */
export type SplitTable = { readonly kind: 'ranks'; readonly ranked: RankedMatrix } | { readonly kind: 'values'; readonly columns: readonly Float64Array[] };

/** A feature with at most so many ranks may be counted by rank. */
export const COUNTED_RANKS = 256;

/** Class and weight are packed into at most ten bits. */
export const PACKED_VALUES = 1024;

/** Up to four digits of the radix sort, of at most 11 bits each. */
const BUCKETS = 4 * 2048;

/** [rows] and so on as said; arrays of a node begin with its rows and hold old numbers behind them. */
type Plan = ReturnType<typeof planArrays>;
export type ForestArrays = ArraysOf<Plan>;

export interface ForestMemory {
  readonly arrays: ForestArrays;
  readonly rows: number;
  readonly width: number;
  readonly classes: number;
  readonly table: SplitTable;
  /** [width] rank of missing values of each feature; empty for values. */
  readonly missingRanks: Int32Array;
  /** [width] number of ranks of each feature, the one of missing values included; empty for values. */
  readonly rankCounts: Int32Array;
}

/** Lays out and fills the arrays of a forest, in the kernel's memory if there is one. Throws RangeError when it is too small. */
export function createForestMemory(table: SplitTable, classIndexes: Uint8Array, classes: number, kernel?: KernelInstance<object>): ForestMemory {
  const rows = classIndexes.length;
  const columns = table.kind === 'ranks' ? table.ranked.ranks : table.columns;
  const missingRanks = Int32Array.from(table.kind === 'ranks' ? table.ranked.values : [], (values) => values.length);
  const rankCounts = missingRanks.map((rank, feature) => rank + Number(columns[feature].includes(rank)));
  const arrays = allocateArrays(kernel?.memory, planArrays(rows, columns.length, classes, table.kind === 'values' ? 'float64' : typeOfRanks(rankCounts)));
  columns.forEach((column, feature) => arrays.table.set(column, feature * rows));
  arrays.classIndexes.set(classIndexes);
  return { arrays, rows, width: columns.length, classes, table, missingRanks, rankCounts };
}

function typeOfRanks(rankCounts: Int32Array): 'uint8' | 'uint16' | 'int32' {
  const most = rankCounts.reduce((max, count) => Math.max(max, count), 0);
  return most <= 256 ? 'uint8' : most <= 65536 ? 'uint16' : 'int32';
}

function planArrays(rows: number, width: number, classes: number, type: 'uint8' | 'uint16' | 'int32' | 'float64') {
  return {
    /** [width × rows] ranks or values, feature by feature. */
    table: [type, rows * width],
    classIndexes: ['uint8', rows],
    /** Of a tree: [rows] weight of each row, draws included. */
    weights: ['float64', rows],
    /** Of a tree: [rows] how often each row was drawn. */
    draws: ['int32', rows],
    /** Of a tree: the rows that were drawn; a node is a range of it. */
    sample: ['int32', rows],
    spare: ['int32', rows + 8],
    nodeClasses: ['uint8', rows],
    nodeWeights: ['float64', rows],
    /** Of a node and feature: ranks in the order of `sample`. Eight more: what vectors fill up. */
    nodeRanks: ['int32', rows + 8],
    /** Of a node and feature, sorted: positions in the node, and ranks. */
    order: ['int32', rows + 1],
    sortedRanks: ['int32', rows + 1],
    /** Pairs of rank and position, eight bytes each, for sorting. */
    keys: ['float64', rows],
    otherKeys: ['float64', rows],
    buckets: ['int32', BUCKETS],
    /** [classes] weights of a node. */
    totals: ['float64', classes],
    /** [2 × classes] weights of its two sides. */
    sides: ['float64', 2 * classes],
    /** [ranks × classes] weights, and [ranks] rows. */
    histogram: ['float64', COUNTED_RANKS * classes],
    rankRows: ['int32', COUNTED_RANKS],
    result: ['float64', 4],
    /** Of a tree whose weights are packed: [rows] class and weight, and [packed values × 8] what moving such a row adds (see pack-weights). */
    packed: ['int32', rows],
    nodePacked: ['int32', rows],
    moves: ['float64', 8 * PACKED_VALUES],
  } as const satisfies ArrayPlan;
}
