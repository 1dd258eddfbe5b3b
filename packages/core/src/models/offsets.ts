// Offsets: what is known of a row before the model learns, added to its raw scores. A model that was fitted with offsets answers with
// those of the rows that it predicts; one that was fitted without does not read them.
import { ForecastLabError } from '../errors.js';

/** Natural logarithms of probabilities need no more; and every sum and difference of such numbers has a finite exponential. */
export const MOST_OFFSET = 300;

/** Throws BAD_DATA unless there are three offsets per row, each a number from -300 to 300. `where` is the caller's name for the message. */
export function checkOffsets(where: string, offsets: Float64Array, rows: number): void {
  const refuse = (message: string, hint: string): never => {
    throw new ForecastLabError('BAD_DATA', `${where}: ${message}`, { hint, details: { where } });
  };
  if (offsets.length !== 3 * rows) refuse(`There must be three offsets per row. Got ${offsets.length} for ${rows} rows.`, 'Give them row by row, in the order -1, 0, 1.');
  for (let i = 0; i < offsets.length; i += 1) {
    if (Math.abs(offsets[i]) <= MOST_OFFSET) continue;
    refuse(`Offsets must be numbers from -${MOST_OFFSET} to ${MOST_OFFSET}. Got ${offsets[i]} in row ${Math.floor(i / 3)}.`, 'Offsets are logarithms of probabilities: raise a probability of 0 to a small share first.');
  }
}

/** Adds `offsets` to `scores`, both [rows × 3], in place; leaves them as they are when there are none. Throws BAD_DATA as checkOffsets. */
export function addOffsets(where: string, scores: Float64Array, offsets: Float64Array | undefined): Float64Array {
  if (offsets === undefined) return scores;
  checkOffsets(where, offsets, scores.length / 3);
  for (let i = 0; i < scores.length; i += 1) scores[i] += offsets[i];
  return scores;
}

/** The offsets of some rows, in their order; undefined when there are none. */
export function selectOffsets(offsets: Float64Array | undefined, rows: ArrayLike<number>): Float64Array | undefined {
  return offsets && Float64Array.from({ length: 3 * rows.length }, (_, i) => offsets[3 * rows[Math.floor(i / 3)] + (i % 3)]);
}
