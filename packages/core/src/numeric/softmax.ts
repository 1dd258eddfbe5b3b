// Softmax: scores to probabilities. Training and prediction share it, and with it one `exp`, so their bits agree.
import { exp } from './exp.js';

/** Turns scores [rows × classes] into probabilities, in place. The largest score is subtracted first, so nothing overflows. */
export function softmaxRows(scores: Float64Array, classes: number): Float64Array {
  for (let begin = 0; begin < scores.length; begin += classes) {
    const end = begin + classes;
    let largest = scores[begin];
    for (let i = begin + 1; i < end; i += 1) if (scores[i] > largest) largest = scores[i];
    let sum = 0;
    for (let i = begin; i < end; i += 1) {
      const power = scores[i] === largest ? 1 : exp(scores[i] - largest); // exp(0) is 1
      scores[i] = power;
      sum += power;
    }
    for (let i = begin; i < end; i += 1) scores[i] /= sum;
  }
  return scores;
}
