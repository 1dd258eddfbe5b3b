// Scores of probabilities: log loss and Brier score, as scikit-learn 1.2 computes them.
import { ForecastLabError } from '../../errors.js';
import { log } from '../../numeric/log.js';
import { checkLengths } from './classification-scores.js';

/** The double's machine epsilon: probabilities are clipped to [EPSILON, 1 - EPSILON], then a row is scaled to sum 1 again. */
const EPSILON = 2.220446049250313e-16;

/** Log loss of each row, in nats. `labels`: [rows] of -1, 0, 1; `probabilities`: [rows × 3]. Throws BAD_DATA on lengths, NaN or values outside [0, 1]. */
export function rowLogLosses(labels: ArrayLike<number>, probabilities: Float64Array): Float64Array {
  checkLengths(labels.length, probabilities.length / 3, 'rows of probabilities');
  const losses = new Float64Array(labels.length);
  for (let row = 0; row < losses.length; row += 1) {
    let sum = 0;
    let own = 0;
    for (let k = 0; k < 3; k += 1) {
      const p = Math.min(1 - EPSILON, Math.max(EPSILON, probability(probabilities, row, k)));
      sum += p;
      if (k === labels[row] + 1) own = p;
    }
    losses[row] = -log(own / sum);
  }
  return losses;
}

/** Mean log loss in nats. Arguments as rowLogLosses. */
export function logLoss(labels: ArrayLike<number>, probabilities: Float64Array): number {
  return mean(rowLogLosses(labels, probabilities));
}

/** Mean over rows of the squared distance between probabilities and the true class (0 to 2). Arguments as rowLogLosses. */
export function brierScore(labels: ArrayLike<number>, probabilities: Float64Array): number {
  return mean(rowBrierScores(labels, probabilities));
}

/** [rows] squared distance between the probabilities and the true class of each row (0 to 2). Arguments as rowLogLosses. */
export function rowBrierScores(labels: ArrayLike<number>, probabilities: Float64Array): Float64Array {
  const [down, neutral, up] = [0, 1, 2].map((k) => squaredMisses(labels, probabilities, k));
  return down.map((miss, row) => miss + neutral[row] + up[row]);
}

/** [3] mean squared distance of each class's own probability (0 to 1), in CLASSES order; brierScore is their sum. Arguments as rowLogLosses. */
export function classBrierScores(labels: ArrayLike<number>, probabilities: Float64Array): number[] {
  return [0, 1, 2].map((k) => mean(squaredMisses(labels, probabilities, k)));
}

function squaredMisses(labels: ArrayLike<number>, probabilities: Float64Array, k: number): Float64Array {
  checkLengths(labels.length, probabilities.length / 3, 'rows of probabilities');
  return Float64Array.from({ length: labels.length }, (_, row) => {
    const miss = probability(probabilities, row, k) - (k === labels[row] + 1 ? 1 : 0);
    return miss * miss;
  });
}

/** The arithmetic mean of a column that is not empty, summed in order. */
export function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function probability(probabilities: Float64Array, row: number, k: number): number {
  const p = probabilities[3 * row + k];
  if (!(p >= 0 && p <= 1)) throw new ForecastLabError('BAD_DATA', `Probabilities must be from 0 to 1. Got ${p} in row ${row}, column ${k}.`);
  return p;
}
