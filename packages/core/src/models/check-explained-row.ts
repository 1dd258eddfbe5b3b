// The arguments of explainRow.
import { optionError } from '../errors.js';
import type { FeatureMatrix } from '../features/feature-table.js';

/** Throws BAD_OPTION unless `row` is a row of `features` and `classIndex` is 0, 1 or 2. */
export function checkExplainedRow(features: FeatureMatrix, row: number, classIndex: number): void {
  if (!Number.isInteger(row) || row < 0 || row >= features.length) throw optionError('explainRow', 'row', `an integer from 0 to ${features.length - 1}`, row);
  if (classIndex !== 0 && classIndex !== 1 && classIndex !== 2) throw optionError('explainRow', 'classIndex', '0, 1 or 2', classIndex);
}
