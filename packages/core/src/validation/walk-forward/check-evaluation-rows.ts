// The inputs of an evaluation agree with each other and with the folds; leaks of position against bar index stop here.
import { ForecastLabError } from '../../errors.js';
import type { EvaluationRows } from './evaluation-options.js';
import type { Fold } from '../splits/walk-forward-folds.js';

/** Throws BAD_DATA with the reason when columns differ in length, bars do not ascend, or a fold leaves the rows. */
export function checkEvaluationRows(data: EvaluationRows, folds: readonly Fold[], close: Float64Array | undefined): void {
  const count = data.labels.length;
  for (const [name, column] of Object.entries({ features: data.features, rows: data.rows, openTimeMs: data.openTimeMs, spanEnd: data.spanEnd })) {
    if (column.length !== count) throw badRows(`There must be as many \`${name}\` as labels. Got ${column.length} for ${count} labels.`);
  }
  for (let row = 1; row < count; row += 1) {
    if (!(data.rows[row] > data.rows[row - 1])) throw badRows(`Rows must be in the order of their bars. Row ${row} is not after row ${row - 1}.`);
  }
  if (folds.length === 0) throw badRows('There must be at least one fold. Got none.', 'The rows may be too few for the first training window and one test window.');
  for (const fold of folds) {
    const isOrdered = fold.trainStartIx >= 0 && fold.trainStartIx <= fold.trainEndIx && fold.trainEndIx < fold.testStartIx && fold.testStartIx <= fold.testEndIx;
    if (!isOrdered || fold.testEndIx >= count) {
      throw badRows(`Fold ${fold.fold} must train on rows before its test rows, all from 0 to ${count - 1}. Got ${fold.trainStartIx} to ${fold.trainEndIx} and ${fold.testStartIx} to ${fold.testEndIx}.`);
    }
  }
  const lastBar = count === 0 ? -1 : data.rows[count - 1];
  if (close !== undefined && close.length <= lastBar) throw badRows(`\`close\` must have a value per bar. Got ${close.length} bars; the last row is bar ${lastBar}.`);
}

function badRows(message: string, hint?: string): ForecastLabError {
  return new ForecastLabError('BAD_DATA', `evaluateWalkForward: ${message}`, hint === undefined ? {} : { hint });
}
