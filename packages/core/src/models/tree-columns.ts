// The columns that a tree model predicts from.
import { ForecastLabError } from '../errors.js';
import type { FeatureMatrix } from '../features/feature-table.js';
import { matchColumns } from './match-columns.js';

/** The columns by name, in the model's order. Throws BAD_DATA when one is missing or has an infinite value. */
export function treeColumns(features: FeatureMatrix, featureNames: readonly string[]): readonly Float64Array[] {
  const columns = matchColumns(features, featureNames);
  for (let i = 0; i < columns.length; i += 1) {
    const column = columns[i];
    for (let row = 0; row < column.length; row += 1) refuseInfinity(column[row], row, featureNames[i]);
  }
  return columns;
}

/** One row of the columns, [features]. Throws BAD_DATA as treeColumns does. */
export function treeRow(features: FeatureMatrix, featureNames: readonly string[], row: number): Float64Array {
  return Float64Array.from(matchColumns(features, featureNames), (column, index) => {
    refuseInfinity(column[row], row, featureNames[index]);
    return column[row];
  });
}

/** Throws BAD_DATA when a value of the row, [features], is infinite. */
export function checkTreeValues(values: Float64Array, featureNames: readonly string[]): void {
  for (let i = 0; i < values.length; i += 1) refuseInfinity(values[i], 0, featureNames[i]);
}

function refuseInfinity(value: number, row: number, name: string): void {
  if (value !== Infinity && value !== -Infinity) return;
  throw new ForecastLabError('BAD_DATA', `Feature ${JSON.stringify(name)} must be finite or NaN. Got ${value} in row ${row}.`, {
    hint: 'Turn infinite values into NaN (missing) or mend the feature.',
    details: { feature: name, row },
  });
}
