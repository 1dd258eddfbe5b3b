// Predicts some rows of a table: a model that looks back is given the rows before them, so that a row has the same
// probabilities whether it is predicted alone, with others, or with the whole table.
import { ForecastLabError, optionError } from '../errors.js';
import type { FeatureMatrix } from '../features/feature-table.js';
import type { Classifier } from './classifier.js';

export interface PredictRowsOptions {
  /** First row predicted, and the row behind the last: integers from 0 to the number of rows. */
  readonly begin: number;
  readonly end: number;
  /** [rows] bar index of each row: a model that looks back refuses rows between which a bar is left out. Default: consecutive bars. */
  readonly bars?: ArrayLike<number>;
  /** [rows × 3] offsets of all rows of the table. Default: none. */
  readonly offsets?: Float64Array;
}

/**
 * Probabilities [end - begin × 3] of the rows from `begin` to `end - 1`, as model.predictProba(features) gives them.
 * Throws BAD_OPTION for rows that are not there, BAD_DATA for left-out bars, and what predictProba throws.
 * @example predictRows(model, table.features, { begin: table.features.length - 1, end: table.features.length })
 */
export function predictRows(model: Classifier, features: FeatureMatrix, { begin, end, bars, offsets }: PredictRowsOptions): Float64Array {
  for (const [name, row] of Object.entries({ begin, end })) {
    if (!Number.isInteger(row) || row < 0 || row > features.length) throw optionError('predictRows', name, `an integer from 0 to ${features.length}`, row);
  }
  if (end < begin) throw optionError('predictRows', 'end', `not below \`begin\` (${begin})`, end);
  const from = Math.max(0, begin - (model.contextRows ?? 0));
  if (bars !== undefined && (model.contextRows ?? 0) > 0) checkConsecutive(model, bars, from, end);
  const rows = { names: features.names, columns: features.columns.map((column) => column.subarray(from, end)), length: end - from };
  return model.predictProba(rows, offsets?.subarray(3 * from, 3 * end)).slice(3 * (begin - from));
}

/** Over other rows than the bars before it the model would answer otherwise than in production, which sees every bar. */
function checkConsecutive({ kind, contextRows = 0 }: Classifier, bars: ArrayLike<number>, from: number, end: number): void {
  for (let row = from + 1; row < end; row += 1) {
    if (bars[row] === bars[row - 1] + 1) continue;
    throw new ForecastLabError('BAD_DATA', `A ${kind} model looks back on ${contextRows} bars; between row ${row - 1} (bar ${bars[row - 1]}) and row ${row} (bar ${bars[row]}) bars are left out.`, {
      hint: 'Give a row for every bar, or use a kind of model that looks at one row only.',
      details: { row, bar: bars[row] },
    });
  }
}
