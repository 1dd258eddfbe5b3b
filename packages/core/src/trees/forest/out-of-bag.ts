// Out-of-bag estimates (Breiman 1996): every row is judged by the trees for which it was not drawn, about 37 of 100.
// The draws come again from the seed, so nothing is kept while trees grow.
import type { FeatureMatrix } from '../../features/feature-table.js';
import { log } from '../../numeric/log.js';
import { createRandom } from '../../numeric/random.js';
import { leafOf } from '../ensemble/predict.js';
import { rowMajor } from '../ensemble/row-major.js';
import type { TreeEnsemble } from '../ensemble/tree-ensemble.js';
import { drawRows } from './forest-plan.js';
import type { ForestPlan } from './forest-plan.js';

/**
 * As scikit-learn's oob_decision_function_ and oob_score_, but for rows that no tree left out: scikit-learn counts them as
 * class 0, here they are NaN and not scored.
 *
 * Where labels overlap in time the estimate is too good: the rows before and after a row share most of its label's window, and
 * are in the bag when it is not. A forecast is judged on purged later rows (evaluateWalkForward), not by this.
 */
export interface OutOfBag {
  /** [rows × classes], row by row: mean class shares; NaN for rows that every tree has drawn, and rows of weight zero. */
  readonly probabilities: Float64Array;
  /** Share of the scored rows whose most likely class (the first of equals) is their own, 0 to 1; NaN when none is scored. */
  readonly accuracy: number;
  /** Mean of -log(probability of the own class) over the scored rows, clipped at 2^-52; NaN when none is scored. */
  readonly logLoss: number;
  /** How many rows are scored. */
  readonly rowsScored: number;
}

/** scikit-learn clips probabilities at the machine epsilon. */
const CLIP = 2 ** -52;

/** Judges the rows of a planned forest by its trees. `matrix` is the one that was planned, with bootstrap. */
export function scoreOutOfBag(plan: ForestPlan, trees: TreeEnsemble, matrix: FeatureMatrix): OutOfBag {
  const { classes, rows, classIndexes } = plan;
  const { sums, counts } = sumLeftOut(plan, trees, matrix);
  const probabilities = new Float64Array(matrix.length * classes).fill(Number.NaN);
  let hits = 0;
  let loss = 0;
  let rowsScored = 0;
  for (let i = 0; i < rows.length; i += 1) {
    if (counts[i] === 0) continue;
    const shares = sums.subarray(i * classes, (i + 1) * classes).map((sum) => sum / counts[i]);
    probabilities.set(shares, rows[i] * classes);
    rowsScored += 1;
    if (shares.indexOf(shares.reduce((most, share) => Math.max(most, share), 0)) === classIndexes[i]) hits += 1;
    loss -= log(Math.min(1 - CLIP, Math.max(CLIP, shares[classIndexes[i]])));
  }
  return { probabilities, accuracy: hits / rowsScored, logLoss: loss / rowsScored, rowsScored };
}

/** Class shares of the trees that left a row out, added up in the order of trees, and how many trees those are. */
function sumLeftOut(plan: ForestPlan, trees: TreeEnsemble, matrix: FeatureMatrix): { sums: Float64Array; counts: Int32Array } {
  const { classes, rows, seed } = plan;
  const width = matrix.columns.length;
  const data = rowMajor(matrix.columns, matrix.length);
  const sums = new Float64Array(rows.length * classes);
  const counts = new Int32Array(rows.length);
  for (let tree = 0; tree < trees.roots.length; tree += 1) {
    const draws = drawRows(plan, createRandom(seed, tree));
    for (let i = 0; i < rows.length; i += 1) {
      if (draws[i] > 0) continue;
      counts[i] += 1;
      const at = trees.rights[leafOf(trees, tree, data, rows[i] * width)];
      for (let index = 0; index < classes; index += 1) sums[i * classes + index] += trees.values[at + index];
    }
  }
  return { sums, counts };
}
