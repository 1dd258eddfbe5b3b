// Platt's logistic curve from a score to a probability: Platt (1999) with the stable Newton method of Lin, Lin and Weng,
// "A note on Platt's probabilistic outputs for support vector machines" (2007), https://www.csie.ntu.edu.tw/~cjlin/papers/plattprob.pdf
import { exp } from '../../numeric/exp.js';
import { log } from '../../numeric/log.js';

/** probability = 1 / (1 + exp(-(slope × score + intercept))). */
export interface SigmoidCurve {
  readonly slope: number;
  readonly intercept: number;
}

const MOST_STEPS = 100;
const SMALLEST_STEP = 1e-10;
/** Keeps the Hessian invertible where all scores are equal (Lin, Lin and Weng's sigma). */
const RIDGE = 1e-12;
/** Where exp is still above zero, so that the probabilities of a row always have a sum. */
const LARGEST_EXPONENT = 700;

/**
 * The curve that minimises the weighted cross-entropy Σ w (log(1 + exp(z)) - t z), z = slope × score + intercept, over slopes of
 * at least 0. The targets t are Platt's: (P + 1) / (P + 2) for rows of the class and 1 / (N + 2) for the others, P and N
 * being their weights. A negative slope would turn the model's order around; the best curve is then the flat one.
 * All arrays [rows]; `isClass` of 0 and 1; weights not negative, not all zero.
 */
export function fitSigmoid(scores: Float64Array, isClass: Uint8Array, weights: Float64Array): SigmoidCurve {
  const total = sumOf(weights);
  const positive = sumOf(weights.map((weight, row) => weight * isClass[row]));
  const high = (positive + 1) / (positive + 2);
  const low = 1 / (total - positive + 2);
  const targets = Float64Array.from(isClass, (is) => (is === 1 ? high : low));
  const meanScore = sumOf(scores.map((score, row) => score * weights[row])) / total;
  const centred = scores.map((score) => score - meanScore);

  let slope = 0;
  let intercept = log((positive + 1) / (total - positive + 1));
  let loss = crossEntropy(slope, intercept, centred, targets, weights);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { bySlope, byIntercept, slopeSlope, slopeIntercept, interceptIntercept } = derivatives(slope, intercept, centred, targets, weights);
    if (Math.abs(bySlope) < 1e-12 * total && Math.abs(byIntercept) < 1e-12 * total) break;
    const determinant = slopeSlope * interceptIntercept - slopeIntercept * slopeIntercept;
    const slopeStep = -(interceptIntercept * bySlope - slopeIntercept * byIntercept) / determinant;
    const interceptStep = -(slopeSlope * byIntercept - slopeIntercept * bySlope) / determinant;
    const descent = bySlope * slopeStep + byIntercept * interceptStep;
    let size = 1;
    let next = crossEntropy(slope + slopeStep, intercept + interceptStep, centred, targets, weights);
    while (!(next < loss + 1e-4 * size * descent) && size >= SMALLEST_STEP) {
      size /= 2;
      next = crossEntropy(slope + size * slopeStep, intercept + size * interceptStep, centred, targets, weights);
    }
    if (size < SMALLEST_STEP) break;
    slope += size * slopeStep;
    intercept += size * interceptStep;
    loss = next;
  }
  if (slope > 0) return { slope, intercept: intercept - slope * meanScore };
  const share = sumOf(targets.map((target, row) => target * weights[row])) / total;
  return { slope: 0, intercept: log(share / (1 - share)) };
}

/** The curve's probability at a score; above 0 and at most 1. */
export function applySigmoid({ slope, intercept }: SigmoidCurve, score: number): number {
  const z = Math.min(LARGEST_EXPONENT, Math.max(-LARGEST_EXPONENT, slope * score + intercept));
  return sigmoid(z);
}

function crossEntropy(slope: number, intercept: number, scores: Float64Array, targets: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < scores.length; row += 1) {
    const z = slope * scores[row] + intercept;
    sum += weights[row] * (log(1 + exp(-Math.abs(z))) + Math.max(z, 0) - targets[row] * z);
  }
  return sum;
}

function derivatives(slope: number, intercept: number, scores: Float64Array, targets: Float64Array, weights: Float64Array): Record<'bySlope' | 'byIntercept' | 'slopeSlope' | 'slopeIntercept' | 'interceptIntercept', number> {
  let bySlope = 0;
  let byIntercept = 0;
  let slopeSlope = RIDGE;
  let slopeIntercept = 0;
  let interceptIntercept = RIDGE;
  for (let row = 0; row < scores.length; row += 1) {
    const score = scores[row];
    const p = sigmoid(slope * score + intercept);
    const gradient = weights[row] * (p - targets[row]);
    const curvature = weights[row] * p * (1 - p);
    bySlope += gradient * score;
    byIntercept += gradient;
    slopeSlope += curvature * score * score;
    slopeIntercept += curvature * score;
    interceptIntercept += curvature;
  }
  return { bySlope, byIntercept, slopeSlope, slopeIntercept, interceptIntercept };
}

function sigmoid(z: number): number {
  if (z >= 0) return 1 / (1 + exp(-z));
  const e = exp(z);
  return e / (1 + e);
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
