// Prediction: walk each tree to its leaf and add the leaf's numbers up.
// One row or many take the same path and the same order of sums, so they give the same bits.
import { rowMajor } from './row-major.js';
import type { TreeEnsemble } from './tree-ensemble.js';

/** Rows that are taken through all trees before the next ones: their features stay in the processor's first cache. */
const BLOCK_ROWS = 256;

/** Index of the leaf that a row reaches; its features begin at `data[at]`. */
export function leafOf(ensemble: TreeEnsemble, tree: number, data: Float64Array, at: number): number {
  const { features, thresholds, rights, missingLeft } = ensemble;
  let node = ensemble.roots[tree];
  for (let feature = features[node]; feature >= 0; feature = features[node]) {
    const x = data[at + feature];
    const isLeft = x <= thresholds[node] || (x !== x && missingLeft[node] === 1);
    node = isLeft ? node + 1 : rights[node];
  }
  return node;
}

/**
 * Start plus the sum of all trees, [rows × classes], row by row.
 * `columns`: one per feature in the ensemble's order; `start`: [classes].
 */
export function sumTrees(ensemble: TreeEnsemble, columns: readonly Float64Array[], rows: number, start: Float64Array): Float64Array {
  const classes = start.length;
  const sums = new Float64Array(rows * classes);
  for (let i = 0; i < sums.length; i += classes) sums.set(start, i);
  addTrees(ensemble, rowMajor(columns, rows), columns.length, sums, classes);
  return sums;
}

/** Adds the outputs of all trees to `sums` [rows × classes]; `data` is [rows × width], row by row. */
export function addTrees(ensemble: TreeEnsemble, data: Float64Array, width: number, sums: Float64Array, classes: number): void {
  const { outputs, rights, roots, values } = ensemble;
  const rows = sums.length / classes;
  for (let begin = 0; begin < rows; begin += BLOCK_ROWS) {
    const end = Math.min(rows, begin + BLOCK_ROWS);
    for (let tree = 0; tree < roots.length; tree += 1) {
      const slot = outputs === 1 ? tree % classes : 0;
      for (let row = begin; row < end; row += 1) {
        const value = rights[leafOf(ensemble, tree, data, row * width)];
        const sum = row * classes + slot;
        for (let output = 0; output < outputs; output += 1) sums[sum + output] += values[value + output];
      }
    }
  }
}
