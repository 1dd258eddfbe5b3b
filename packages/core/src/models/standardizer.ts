// Standardization fitted on training rows only: value minus mean over standard deviation (divisor n, as scikit-learn's
// StandardScaler). A missing value becomes the training mean, which is 0 on the standard scale.
import { ForecastLabError } from '../errors.js';

export interface Standardizer {
  /** [features] weighted means of the values present; 0 for a feature without any. */
  readonly mean: Float64Array;
  /** [features] weighted standard deviations of the values present; 1 for a feature that is constant or wholly missing. */
  readonly scale: Float64Array;
}

/** Beyond this a standardized value is cut, so that scores stay finite whatever a broken feature delivers. */
const MOST_DEVIATIONS = 1e100;

/** Means and deviations of `columns` ([features] of [rows]) under `weights` [rows]; rows of weight 0 do not count. Throws BAD_DATA on overflow. */
export function fitStandardizer(names: readonly string[], columns: readonly Float64Array[], weights: Float64Array): Standardizer {
  const mean = new Float64Array(columns.length);
  const scale = new Float64Array(columns.length);
  columns.forEach((column, feature) => {
    const moments = columnMoments(column, weights);
    if (!(moments.deviation < Infinity && Math.abs(moments.mean) < Infinity)) {
      throw new ForecastLabError('BAD_DATA', `Feature ${JSON.stringify(names[feature])} has values too large to standardize.`, { hint: 'Rescale the feature or mend the odd values.' });
    }
    mean[feature] = moments.mean;
    scale[feature] = moments.deviation > 0 ? moments.deviation : 1;
  });
  return { mean, scale };
}

/** `value` on the standard scale of feature `feature`; NaN becomes 0. */
export function standardize({ mean, scale }: Standardizer, feature: number, value: number): number {
  if (Number.isNaN(value)) return 0;
  const deviations = (value - mean[feature]) / scale[feature];
  return Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, deviations));
}

function columnMoments(column: Float64Array, weights: Float64Array): { mean: number; deviation: number } {
  let total = 0;
  let sum = 0;
  let least = Infinity;
  let most = -Infinity;
  const isPresent = (row: number): boolean => !Number.isNaN(column[row]) && weights[row] > 0;
  for (let row = 0; row < column.length; row += 1) {
    if (!isPresent(row)) continue;
    const value = column[row];
    total += weights[row];
    sum += weights[row] * value;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (total === 0) return { mean: 0, deviation: 0 };
  if (least === most) return { mean: least, deviation: 0 }; // exactly constant: no rounding may pass for a deviation
  const mean = sum / total;
  let squares = 0;
  for (let row = 0; row < column.length; row += 1) {
    if (!isPresent(row)) continue;
    const distance = column[row] - mean;
    squares += weights[row] * distance * distance;
  }
  return { mean, deviation: Math.sqrt(squares / total) };
}
