// Log scores of three classes as two questions: is the barrier touched at all, and on which side, given that it is.
import { exp } from '../../numeric/exp.js';
import { log } from '../../numeric/log.js';
import { sigmoid } from '../../numeric/sigmoid.js';

/** Log odds of rows: of a touch against none, and of up against down given a touch; both [rows]. */
export interface SplitScores {
  readonly touch: Float64Array;
  readonly side: Float64Array;
}

/** Splits log scores [rows × 3], which may be off by any constant per row. */
export function splitScores(scores: Float64Array): SplitScores {
  const rows = scores.length / 3;
  const touch = new Float64Array(rows);
  const side = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const down = scores[3 * row];
    const up = scores[3 * row + 2];
    const larger = Math.max(down, up);
    touch[row] = larger + log(1 + exp(Math.min(down, up) - larger)) - scores[3 * row + 1];
    side[row] = up - down;
  }
  return { touch, side };
}

/** Probabilities [rows × 3] of log odds between those of `prior` (trust 0) and those of `pool` (trust 1), on either question. */
export function joinScores(prior: SplitScores, pool: SplitScores, trust: { readonly touch: number; readonly side: number }): Float64Array {
  const rows = pool.touch.length;
  const probabilities = new Float64Array(3 * rows);
  for (let row = 0; row < rows; row += 1) {
    const touched = prior.touch[row] + trust.touch * (pool.touch[row] - prior.touch[row]);
    const up = prior.side[row] + trust.side * (pool.side[row] - prior.side[row]);
    const pTouch = sigmoid(touched);
    probabilities[3 * row] = pTouch * sigmoid(-up);
    probabilities[3 * row + 1] = sigmoid(-touched);
    probabilities[3 * row + 2] = pTouch * sigmoid(up);
  }
  return probabilities;
}
