// Rows of a feature matrix by position: how folds cut their training and test rows.
import { ForecastLabError } from '../errors.js';
import type { FeatureMatrix } from '../features/feature-table.js';

/** A copy of the matrix with the given row positions, in their order. Throws BAD_DATA when a position is out of range. */
export function selectRows(features: FeatureMatrix, positions: ArrayLike<number>): FeatureMatrix {
  checkPositions(features.length, positions);
  const columns = features.columns.map((column) => {
    const copy = new Float64Array(positions.length);
    for (let row = 0; row < copy.length; row += 1) copy[row] = column[positions[row]];
    return copy;
  });
  return { names: features.names, columns, length: positions.length };
}

function checkPositions(length: number, positions: ArrayLike<number>): void {
  for (let row = 0; row < positions.length; row += 1) {
    const position = positions[row];
    if (!Number.isInteger(position) || position < 0 || position >= length) {
      throw new ForecastLabError('BAD_DATA', `Row positions must be from 0 to ${length - 1}. Got ${position}.`);
    }
  }
}
