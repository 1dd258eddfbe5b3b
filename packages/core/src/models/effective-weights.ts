// One weight per training row from sample weights and class weights, as scikit-learn combines them (their product).
import { ForecastLabError, optionError } from '../errors.js';
import type { FitOptions, TrainingData } from './classifier.js';

/**
 * Weights [rows]: sample weight times class weight; all 1 when neither is given. `'balanced'` is
 * rows / (classes present × class rows). Throws BAD_OPTION for bad class weights, BAD_DATA when every product is zero.
 */
export function effectiveWeights(data: TrainingData, options: Pick<FitOptions, 'classWeights'>): Float64Array {
  const perClass = classWeights(data, options.classWeights);
  const weights = new Float64Array(data.labels.length);
  let total = 0;
  for (let row = 0; row < weights.length; row += 1) {
    const weight = (data.sampleWeights?.[row] ?? 1) * perClass[data.labels[row] + 1];
    weights[row] = weight;
    total += weight;
  }
  if (!(total > 0 && total < Infinity)) {
    throw new ForecastLabError('BAD_DATA', `The weights of all training rows must add up to a finite number above zero. Got ${total}.`, {
      hint: 'A class weight of zero leaves nothing when no other class has rows.',
    });
  }
  return weights;
}

function classWeights(data: TrainingData, choice: FitOptions['classWeights']): readonly number[] {
  if (choice === undefined) return [1, 1, 1];
  if (choice === 'balanced') {
    const counts = [0, 0, 0];
    for (const label of data.labels) counts[label + 1] += 1;
    const present = counts.filter((count) => count > 0).length;
    return counts.map((count) => (count === 0 ? 0 : data.labels.length / (present * count)));
  }
  const isValid = Array.isArray(choice) && choice.length === 3 && choice.every((weight) => weight >= 0 && weight < Infinity);
  if (!isValid || choice.every((weight) => weight === 0)) {
    throw optionError('fitClassifier', 'classWeights', "'balanced' or three finite numbers that are not negative, one of them above zero", Array.isArray(choice) ? `[${choice.join(', ')}]` : choice);
  }
  return choice;
}
