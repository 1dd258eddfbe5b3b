// One number that makes all probabilities more or less sure: Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural
// networks" (2017), https://arxiv.org/abs/1706.04599. Above 1 it takes sureness away, below 1 it adds some.
import { exp } from '../../numeric/exp.js';
import { log } from '../../numeric/log.js';

/** Beyond these a fitted temperature says nothing but "all the same" or "certain". */
export const LOWEST_TEMPERATURE = 0.01;
export const HIGHEST_TEMPERATURE = 100;

const MOST_STEPS = 200;

/**
 * The temperature that minimises the weighted log loss of probabilities in proportion to p^(1 / temperature).
 * `probabilities` [rows × 3] above 0, `classIndexes` [rows] of 0, 1, 2, `weights` [rows].
 * The loss is convex in 1 / temperature: Newton's method on its derivative, with bisection where a step leaves the bracket.
 */
export function fitTemperature(probabilities: Float64Array, classIndexes: Uint8Array, weights: Float64Array): number {
  const logs = probabilities.map(log);
  let low = 1 / HIGHEST_TEMPERATURE;
  let high = 1 / LOWEST_TEMPERATURE;
  let inverse = 1;
  let { slope, curvature } = lossDerivatives(inverse, logs, classIndexes, weights);
  if (slope === 0) return 1; // also when no row prefers any class
  if (lossDerivatives(low, logs, classIndexes, weights).slope >= 0) return HIGHEST_TEMPERATURE;
  if (lossDerivatives(high, logs, classIndexes, weights).slope <= 0) return LOWEST_TEMPERATURE;
  for (let step = 0; step < MOST_STEPS && slope !== 0; step += 1) {
    if (slope > 0) high = inverse;
    else low = inverse;
    const newton = inverse - slope / curvature;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    const isDone = Math.abs(next - inverse) <= 1e-14 * inverse;
    inverse = next;
    if (isDone) break;
    ({ slope, curvature } = lossDerivatives(inverse, logs, classIndexes, weights));
  }
  return 1 / inverse;
}

/** Writes the three probabilities in proportion to p^(1 / temperature) over those at `offset`; they must be above 0. */
export function applyTemperature(temperature: number, probabilities: Float64Array, offset: number): void {
  const logs = [0, 1, 2].map((k) => log(probabilities[offset + k]) / temperature);
  const largest = Math.max(logs[0], logs[1], logs[2]);
  for (let k = 0; k < 3; k += 1) probabilities[offset + k] = exp(logs[k] - largest);
}

/** First and second derivative of the weighted log loss by the inverse temperature. */
function lossDerivatives(inverse: number, logs: Float64Array, classIndexes: Uint8Array, weights: Float64Array): { slope: number; curvature: number } {
  let slope = 0;
  let curvature = 0;
  for (let row = 0; row < classIndexes.length; row += 1) {
    const a = logs[3 * row];
    const b = logs[3 * row + 1];
    const c = logs[3 * row + 2];
    const largest = Math.max(a, b, c);
    const pa = exp(inverse * (a - largest));
    const pb = exp(inverse * (b - largest));
    const pc = exp(inverse * (c - largest));
    const sum = pa + pb + pc;
    const mean = (pa * a + pb * b + pc * c) / sum;
    const da = a - mean;
    const db = b - mean;
    const dc = c - mean;
    slope += weights[row] * (mean - logs[3 * row + classIndexes[row]]);
    curvature += (weights[row] * (pa * da * da + pb * db * db + pc * dc * dc)) / sum;
  }
  return { slope, curvature };
}
