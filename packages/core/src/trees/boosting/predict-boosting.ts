// What a boosted model says of rows: scores, and probabilities or numbers made from them.
import type { FeatureMatrix } from '../../features/feature-table.js';
import { sigmoid } from '../../numeric/sigmoid.js';
import { softmaxRows } from '../../numeric/softmax.js';
import { sumTrees } from '../ensemble/predict.js';
import type { BoostedTrees } from './boosting.js';

/** Raw scores [rows × scores], row by row; `columns` in the order of the training features. `offsets` [rows × scores] are added to the start. */
export function predictScores(model: BoostedTrees, columns: FeatureMatrix['columns'], rows: number, offsets?: Float64Array): Float64Array {
  return sumTrees(model.trees, columns, rows, model.start, offsets);
}

/** Probabilities [rows × classes], row by row; for regression the predicted numbers [rows]. `offsets` as in predictScores. */
export function predictBoosting(model: BoostedTrees, columns: FeatureMatrix['columns'], rows: number, offsets?: Float64Array): Float64Array {
  const scores = predictScores(model, columns, rows, offsets);
  if (model.objective === 'regression') return scores;
  if (model.objective === 'multiclass') return softmaxRows(scores, model.classes);
  const probabilities = new Float64Array(2 * rows);
  for (let row = 0; row < rows; row += 1) {
    const p = sigmoid(scores[row]);
    probabilities[2 * row] = 1 - p;
    probabilities[2 * row + 1] = p;
  }
  return probabilities;
}
