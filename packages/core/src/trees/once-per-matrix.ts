// What depends on a feature matrix alone is computed once: a search fits many labels on the same rows and features.
import type { FeatureMatrix } from '../features/feature-table.js';

/**
 * A function that computes at most once per matrix object and key, and forgets both when the matrix is gone.
 * It goes by the object and does not look at the numbers in it: a matrix is readonly, and so is what is computed.
 */
export function oncePerMatrix<Options, Result>(compute: (matrix: FeatureMatrix, options: Options) => Result, keyOf: (options: Options) => string): (matrix: FeatureMatrix, options: Options) => Result {
  const known = new WeakMap<FeatureMatrix, Map<string, Result>>();
  return (matrix, options) => {
    const ofMatrix = known.get(matrix) ?? new Map<string, Result>();
    known.set(matrix, ofMatrix);
    const key = keyOf(options);
    const result = ofMatrix.get(key) ?? compute(matrix, options);
    ofMatrix.set(key, result);
    return result;
  };
}
