// Log loss in two parts: was a barrier touched, and which one, given that. The chain rule of probability makes the split exact:
// -log p(label) = -log P(touched or not) - [touched] log P(side | touched).
import { log } from '../../numeric/log.js';
import { checkLengths } from '../metrics/classification-scores.js';
import { rowLogLosses } from '../metrics/probability-scores.js';

/** All [rows], in nats. */
export interface PartLosses {
  /** rowLogLosses: `touch` + `side`, up to rounding. */
  readonly total: Float64Array;
  /** Loss of the answer to "is a barrier touched". */
  readonly touch: Float64Array;
  /** Loss of the answer to "which barrier", 0 where none was touched. */
  readonly side: Float64Array;
}

/**
 * Splits the log loss of each row. `labels`: [rows] of -1, 0, 1; `probabilities`: [rows × 3], none 0. Throws BAD_DATA as rowLogLosses.
 * @example partLosses([1], Float64Array.of(0.1, 0.5, 0.4)).touch[0] // 0.693...: -log(0.1 + 0.4)
 */
export function partLosses(labels: ArrayLike<number>, probabilities: Float64Array): PartLosses {
  checkLengths(labels.length, probabilities.length / 3, 'rows of probabilities');
  const total = rowLogLosses(labels, probabilities);
  const touch = total.slice();
  const side = new Float64Array(labels.length);
  for (let row = 0; row < labels.length; row += 1) {
    if (labels[row] === 0) continue;
    const [down, neutral, up] = [probabilities[3 * row], probabilities[3 * row + 1], probabilities[3 * row + 2]];
    touch[row] = -log((down + up) / (down + neutral + up));
    side[row] = -log((labels[row] < 0 ? down : up) / (down + up));
  }
  return { total, touch, side };
}
