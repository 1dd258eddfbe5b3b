// Leaf refit: a fitted model's splits stay, the outputs of its leaves are computed anew from other rows, and mixed with the
// old ones. A cheap update when new bars have come (LightGBM's `refit`, https://lightgbm.readthedocs.io, Booster.refit).
import { optionError } from '../../errors.js';
import type { FeatureMatrix } from '../../features/feature-table.js';
import { leafOf, startScores } from '../ensemble/predict.js';
import { rowMajor } from '../ensemble/row-major.js';
import type { RegressionRows } from '../training-rows.js';
import { checkBoostingTask } from './boosting.js';
import type { BoostedTrees, BoostingOptions } from './boosting.js';
import { JS_KERNELS } from './boosting-kernels.js';
import { leafOutput } from './leaf-output.js';
import { createObjective } from './objectives/objective.js';
import type { ObjectiveName } from './objectives/objective.js';
import type { DerivativeArrays } from './objectives/softmax-derivatives.js';

export interface LeafRefitOptions extends Pick<BoostingOptions, 'weights' | 'offsets'> {
  /** How much of the old output stays, 0 to 1: output = decay × old + (1 - decay) × new. Default: 0.9, as LightGBM's `refit_decay_rate`. */
  readonly decay?: number;
  /** Regularisation and learning rate of the new outputs. Default: LightGBM's. */
  readonly params?: Pick<NonNullable<BoostingOptions['params']>, 'learningRate' | 'lambdaL1' | 'lambdaL2' | 'huberDelta'>;
  /** Loss that the model was fitted with, where the model does not tell: 'squared' or 'huber' for regression. Default: 'squared'. */
  readonly regressionLoss?: 'squared' | 'huber';
}

/**
 * A model with the splits of `model` and outputs moved towards those of the given rows. Leaves that no row reaches keep
 * theirs. Start scores and covers stay; monotone constraints of the fit are not kept. Throws BAD_OPTION and BAD_DATA as fitBoosting.
 */
export function refitBoosting(model: BoostedTrees, matrix: FeatureMatrix, targets: ArrayLike<number>, options: LeafRefitOptions = {}): BoostedTrees {
  const { decay = 0.9, weights, offsets, params } = options;
  if (!(decay >= 0 && decay <= 1)) throw optionError('refitBoosting', 'decay', 'a number from 0 to 1', decay);
  const name: ObjectiveName = model.objective === 'regression' ? (options.regressionLoss ?? 'squared') : model.objective;
  const task = checkBoostingTask(matrix, targets, {
    objective: name,
    classes: model.classes,
    initialModel: model,
    ...(params && { params }),
    ...(weights && { weights }),
    ...(offsets && { offsets }),
  });
  const { training } = task;
  const rows = training.matrix.length;
  const width = training.matrix.columns.length;
  const objective = createObjective(name, { ...training, classes: model.classes, huberDelta: task.params.huberDelta });
  const arrays = derivativeArrays(model.start, training);
  const data = rowMajor(training.matrix.columns, rows);
  const values = model.trees.values.slice();
  const leaves = new Int32Array(rows);
  const { learningRate } = task.params;
  for (let tree = 0; tree < model.trees.roots.length; tree += 1) {
    const score = tree % objective.scoreCount;
    if (score === 0) objective.fillDerivatives(JS_KERNELS, arrays);
    const sums = new Map<number, [gradient: number, hessian: number]>();
    for (let row = 0; row < rows; row += 1) {
      leaves[row] = model.trees.rights[leafOf(model.trees, tree, data, row * width)];
      const sum = sums.get(leaves[row]) ?? [0, 0];
      const at = 2 * (score * arrays.stride + row);
      sum[0] += arrays.derivatives[at];
      sum[1] += arrays.derivatives[at + 1];
      sums.set(leaves[row], sum);
    }
    for (const [leaf, [gradient, hessian]] of sums) {
      const output = leafOutput(gradient, hessian, task.params) * learningRate;
      values[leaf] = decay * values[leaf] + (1 - decay) * output + 0;
    }
    for (let row = 0; row < rows; row += 1) arrays.scores[score * arrays.stride + row] += values[leaves[row]];
  }
  return { ...model, trees: { ...model.trees, values } };
}

function derivativeArrays(start: Float64Array, { targets, weights, offsets }: RegressionRows): DerivativeArrays {
  const rows = targets.length;
  const byRow = startScores(start, rows, offsets);
  const scores = Float64Array.from(byRow, (_, i) => byRow[(i % rows) * start.length + Math.floor(i / rows)]);
  return { rows, stride: rows, scores, labels: Uint8Array.from(targets), weights, derivatives: new Float64Array(2 * scores.length), sums: new Float64Array(2 * start.length) };
}
