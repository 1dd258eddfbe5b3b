// A fitted model finds its columns by name: the order of columns in the table does not matter, a missing one is an error.
import { ForecastLabError } from '../errors.js';
import type { FeatureMatrix } from '../features/feature-table.js';

/** The columns named `featureNames`, in that order (not copied). Throws BAD_DATA when one is missing or too short. */
export function matchColumns(features: FeatureMatrix, featureNames: readonly string[]): readonly Float64Array[] {
  return featureNames.map((name) => {
    const column = features.columns[features.names.indexOf(name)];
    if (column === undefined || column.length !== features.length) {
      const reason = column === undefined ? 'is missing' : `has ${column.length} rows instead of ${features.length}`;
      throw new ForecastLabError('BAD_DATA', `The model needs feature ${JSON.stringify(name)}; it ${reason}.`, {
        hint: 'Compute the feature set that the model was trained on.',
        details: { feature: name },
      });
    }
    return column;
  });
}
