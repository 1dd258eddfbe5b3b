// Softmax of three scores.
import { exp } from '../numeric/exp.js';

/**
 * Writes softmax(scores[at .. at+2]) over the scores themselves; -Infinity gives exactly 0. Scores must not be NaN or
 * +Infinity, and at least one must be finite.
 */
export function softmaxInPlace(scores: Float64Array, at: number): void {
  const most = Math.max(scores[at], scores[at + 1], scores[at + 2]);
  let sum = 0;
  for (let k = at; k < at + 3; k += 1) {
    const value = exp(scores[k] - most);
    scores[k] = value;
    sum += value;
  }
  for (let k = at; k < at + 3; k += 1) scores[k] = scores[k] / sum;
}
