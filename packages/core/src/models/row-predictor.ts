// Probabilities of one row at a time, for those who get rows one by one and cannot wait.
import { ForecastLabError, optionError } from '../errors.js';
import { CLASSES } from './classifier.js';
import type { Classifier } from './classifier.js';

/**
 * Writes the probabilities of one row to `probabilities` [3] and gives that back. `values` [features] are in the order of the
 * model's `featureNames`, NaN is missing. Throws BAD_DATA where predictProba does, BAD_OPTION when a length is another.
 */
export type RowPredictor = (values: Float64Array, probabilities: Float64Array) => Float64Array;

/**
 * A function that predicts one row after the other with the bits of `model.predictProba`. Tree models are compiled for it and
 * allocate nothing per row: a few microseconds for 300 trees. It keeps memory of its own, so make one per model and keep it.
 * Throws BAD_DATA for a model that looks back on earlier rows.
 *
 *     const predictRow = createRowPredictor(model);
 *     const probabilities = new Float64Array(3);
 *     predictRow(Float64Array.of(0.1, Number.NaN), probabilities);
 */
export function createRowPredictor(model: Classifier): RowPredictor {
  const { featureNames, contextRows = 0 } = model;
  if (contextRows > 0) {
    throw new ForecastLabError('BAD_DATA', `createRowPredictor: A ${model.kind} model looks back on ${contextRows} rows before each, so that one row is not enough.`, { hint: 'Call predictProba with the rows before.' });
  }
  const predict = model.createRowPredictor?.() ?? wrapPredictProba(model);
  return (values, probabilities) => {
    if (values.length !== featureNames.length) throw optionError('createRowPredictor', 'values', `an array of ${featureNames.length} numbers`, values.length, `Give one number per feature, NaN where it is missing: ${featureNames.join(', ')}.`);
    if (probabilities.length !== CLASSES.length) throw optionError('createRowPredictor', 'probabilities', `an array of ${CLASSES.length} numbers`, probabilities.length);
    return predict(values, probabilities);
  };
}

function wrapPredictProba(model: Classifier): RowPredictor {
  const columns = model.featureNames.map(() => new Float64Array(1));
  const features = { names: model.featureNames, columns, length: 1 };
  return (values, probabilities) => {
    for (let i = 0; i < columns.length; i += 1) columns[i][0] = values[i];
    probabilities.set(model.predictProba(features));
    return probabilities;
  };
}
