// Feature rows as a network takes them: standardized, cut at ten deviations, missing values as the training mean (0), and a
// column more, 1 where the value is missing, for each feature that was missing in training.
import { fitStandardizer, standardize, type Standardizer } from '../standardizer.js';

export interface InputEncoder extends Standardizer {
  /** Features, ascending, that have an indicator of missing values. */
  readonly indicators: readonly number[];
}

/** Farther out a network only extrapolates: a broken value must not decide alone. */
const MOST_DEVIATIONS = 10;

/** Fits on the rows of `columns` ([features] of [rows]) with a weight above zero. Throws BAD_DATA for values too large to standardize. */
export function fitInputEncoder(names: readonly string[], columns: readonly Float64Array[], weights: Float64Array): InputEncoder {
  const { mean, scale } = fitStandardizer(names, columns, weights);
  const indicators = columns.flatMap((column, feature) => (column.some((value, row) => Number.isNaN(value) && weights[row] > 0) ? [feature] : []));
  // + 0 turns -0 into 0, which JSON would do as well
  return { mean: mean.map((value) => value + 0), scale, indicators };
}

/** Inputs of a network: features, then indicators. */
export function inputWidth({ mean, indicators }: InputEncoder): number {
  return mean.length + indicators.length;
}

/** Inputs [rows × width], row-major, rounded to float32 as training has them. */
export function encodeInputs(encoder: InputEncoder, columns: readonly Float64Array[], rows: number): Float32Array {
  const width = inputWidth(encoder);
  const inputs = new Float32Array(rows * width);
  columns.forEach((column, feature) => {
    for (let row = 0; row < rows; row += 1) inputs[row * width + feature] = Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, standardize(encoder, feature, column[row])));
  });
  encoder.indicators.forEach((feature, place) => {
    for (let row = 0; row < rows; row += 1) inputs[row * width + columns.length + place] = Number.isNaN(columns[feature][row]) ? 1 : 0;
  });
  return inputs;
}
