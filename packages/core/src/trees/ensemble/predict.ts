// Prediction: every tree takes a row to a leaf, and the leaf's numbers are added up.
// Few rows walk the nodes as they are. Once there have been enough of them an ensemble is compiled (ensemble-predictor.ts),
// which takes as long as walking some hundred rows and makes later ones several times as fast. Whatever the way, one row or
// many, comparisons and the order of sums are the same, and so are the bits.
import type { CopyValues } from './compiled-ensemble.js';
import { predictorIfItPays } from './ensemble-predictor.js';
import { rowMajor } from './row-major.js';
import type { TreeEnsemble } from './tree-ensemble.js';

/** Rows that are taken through all trees before the next ones: their features stay in the processor's first cache. */
const BLOCK_ROWS = 256;

/** Fewer numbers are copied one by one: a view of them takes longer to make. */
const ROWS_WORTH_A_VIEW = 32;

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
 * Start plus the sum of all trees, [rows × scores], row by row.
 * `columns`: one per feature in the ensemble's order; `start`: [scores]. When leaves have one number, tree t adds to score
 * t mod scores: one score for binary problems and regression, one per class else. Otherwise leaves have a number per score.
 * `offsets`: [rows × scores] added to the start of each row.
 */
export function sumTrees(ensemble: TreeEnsemble, columns: readonly Float64Array[], rows: number, start: Float64Array, offsets?: Float64Array): Float64Array {
  const scores = start.length;
  const sums = startScores(start, rows, offsets);
  const predictor = predictorIfItPays(ensemble, scores, rows);
  if (predictor === undefined) walkTrees(ensemble, rowMajor(columns, rows), columns.length, sums, scores);
  else predictor.add(copyFromColumns(columns), sums);
  return sums;
}

/** Scores [rows × scores] before any tree: the start, and the offsets of each row. */
export function startScores(start: Float64Array, rows: number, offsets?: Float64Array): Float64Array {
  const sums = new Float64Array(rows * start.length);
  for (let i = 0; i < sums.length; i += start.length) sums.set(start, i);
  if (offsets !== undefined) for (let i = 0; i < sums.length; i += 1) sums[i] += offsets[i];
  return sums;
}

/** Adds the outputs of all trees to `sums` [rows × scores]; `data` is [rows × width], row by row. */
export function addTrees(ensemble: TreeEnsemble, data: Float64Array, width: number, sums: Float64Array, scores: number): void {
  const predictor = predictorIfItPays(ensemble, scores, sums.length / scores);
  if (predictor === undefined) walkTrees(ensemble, data, width, sums, scores);
  else predictor.add(copyFromRows(data, width), sums);
}

function copyFromColumns(columns: readonly Float64Array[]): CopyValues {
  return (feature, begin, end, to, at) => {
    const column = columns[feature];
    if (end - begin >= ROWS_WORTH_A_VIEW) to.set(column.subarray(begin, end), at);
    else for (let row = begin; row < end; row += 1) to[at + row - begin] = column[row];
  };
}

function copyFromRows(data: Float64Array, width: number): CopyValues {
  return (feature, begin, end, to, at) => {
    for (let row = begin, from = begin * width + feature; row < end; row += 1, from += width) to[at + row - begin] = data[from];
  };
}

/** The plain way: what every other way must equal, bit for bit. */
export function walkTrees(ensemble: TreeEnsemble, data: Float64Array, width: number, sums: Float64Array, scores: number): void {
  const { outputs, rights, roots, values } = ensemble;
  const rows = sums.length / scores;
  for (let begin = 0; begin < rows; begin += BLOCK_ROWS) {
    const end = Math.min(rows, begin + BLOCK_ROWS);
    for (let tree = 0; tree < roots.length; tree += 1) {
      const slot = outputs === 1 ? tree % scores : 0;
      for (let row = begin; row < end; row += 1) {
        const value = rights[leafOf(ensemble, tree, data, row * width)];
        const sum = row * scores + slot;
        for (let output = 0; output < outputs; output += 1) sums[sum + output] += values[value + output];
      }
    }
  }
}
