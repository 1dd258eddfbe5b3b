// Sample weights that fade with age: markets change, and a row of years ago tells less of today's than one of last month.
import { optionError } from '../../errors.js';
import { exp } from '../../numeric/exp.js';

const LOG_2 = 0.6931471805599453;

/**
 * One weight per row: 1 for the newest, half as much for every `halfLifeBars` bars of age; never below 1e-6. Unlike other weights they
 * are not scaled to a mean of 1: what is forgotten leaves fewer rows, and regularisation counts for more.
 * @param rows [rows] bar index of each row
 * @throws BAD_OPTION for a half-life that is not above 0
 * @example recencyWeights([0, 10, 20], 10) // 0.25, 0.5, 1
 */
export function recencyWeights(rows: ArrayLike<number>, halfLifeBars: number): Float64Array {
  if (!(halfLifeBars > 0)) throw optionError('recencyWeights', 'halfLifeBars', 'a number above 0 (bars)', halfLifeBars);
  let newest = -Infinity;
  for (let row = 0; row < rows.length; row += 1) newest = Math.max(newest, rows[row]);
  return Float64Array.from({ length: rows.length }, (_, row) => Math.max(LEAST_WEIGHT, exp((-LOG_2 * (newest - rows[row])) / halfLifeBars)));
}

/** A weight of 0 would take a row away, and with it perhaps a class. */
const LEAST_WEIGHT = 1e-6;
