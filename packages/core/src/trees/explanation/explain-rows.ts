// SHAP values of many rows and all outputs at once, tree by tree: what depends on a tree alone stays in the processor's cache.
import { rowMajor } from '../ensemble/row-major.js';
import type { TreeEnsemble } from '../ensemble/tree-ensemble.js';
import { shapPlan } from './shap-plan.js';
import { addTreeContributions, createContributionMemory } from './tree-contributions.js';

/** Rows that one tree takes before the next one does: their contributions stay in the second cache. */
const BLOCK_ROWS = 128;

/**
 * SHAP values [rows × features × classes], row by row: that of feature f to class k in row r stands at (r × features + f) × classes + k.
 * Over the features they add up to the ensemble's output minus `expectedOutput`. The bits are those of treeShap.
 * `columns`: one per feature in the ensemble's order, NaN is missing.
 * @example explainRows(boosted.trees, matrix.columns, matrix.length, 3)
 */
export function explainRows(ensemble: TreeEnsemble, columns: readonly Float64Array[], rows: number, classes: number): Float64Array {
  const { outputs, roots } = ensemble;
  const width = columns.length;
  const phi = new Float64Array(rows * width * classes);
  const plan = shapPlan(ensemble);
  const memory = createContributionMemory(plan, outputs);
  const data = rowMajor(columns, rows);
  const row = { data, at: 0 };
  const target = { phi, at: 0, step: classes, slot: 0, outputs };
  for (let begin = 0; begin < rows; begin += BLOCK_ROWS) {
    const end = Math.min(rows, begin + BLOCK_ROWS);
    for (let tree = 0; tree < roots.length; tree += 1) {
      for (let r = begin; r < end; r += 1) {
        row.at = r * width;
        target.at = row.at * classes + (outputs === 1 ? tree % classes : 0);
        addTreeContributions(ensemble, plan, tree, row, target, memory);
      }
    }
  }
  return phi;
}
