// Scores that rows have before any tree, on top of the common start: LightGBM's init_score.
import { ForecastLabError } from '../../errors.js';

/** So that scores stay far from the largest double. */
const LARGEST_OFFSET = 1e50;

/**
 * The offsets [rows × scores] of the rows whose weight is above 0, as training leaves the others out. Throws BAD_DATA unless there are
 * `scores` finite numbers per row.
 */
export function checkRowOffsets(where: string, offsets: ArrayLike<number>, { rows, scores, weights }: { readonly rows: number; readonly scores: number; readonly weights?: ArrayLike<number> | undefined }): Float64Array {
  if (offsets.length !== rows * scores) throw new ForecastLabError('BAD_DATA', `${where}: There must be ${scores} offset${scores === 1 ? '' : 's'} per row. Got ${offsets.length} for ${rows} rows.`);
  for (let i = 0; i < offsets.length; i += 1) {
    if (!(Math.abs(offsets[i]) <= LARGEST_OFFSET)) throw new ForecastLabError('BAD_DATA', `${where}: Offsets must be numbers from -${LARGEST_OFFSET} to ${LARGEST_OFFSET}. Got ${offsets[i]} in row ${Math.floor(i / scores)}.`);
  }
  const all = Float64Array.from(offsets);
  return weights === undefined ? all : all.filter((_, i) => weights[Math.floor(i / scores)] > 0);
}
