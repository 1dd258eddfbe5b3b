// From a model's probabilities to calibrated ones: the fitted curves of a method, for all three classes.
import { log } from '../../numeric/log.js';
import type { CalibrationMethod } from './calibration-method.js';
import { applySigmoid, fitSigmoid, type SigmoidCurve } from './fit-sigmoid.js';
import { applyTemperature, fitTemperature } from './fit-temperature.js';
import { applyIsotonic, type IsotonicCurve, isotonicRegression } from './isotonic-regression.js';

/** JSON-safe. Curves in CLASSES order. */
export type CalibrationMap =
  | { readonly method: 'sigmoid'; readonly floor: number; readonly curves: readonly SigmoidCurve[] }
  | { readonly method: 'isotonic'; readonly floor: number; readonly curves: readonly IsotonicCurve[] }
  | { readonly method: 'temperature'; readonly floor: number; readonly temperature: number };

export interface CalibrationRows {
  /** [rows × 3] of a model that has not seen these rows. */
  readonly probabilities: Float64Array;
  /** [rows] of -1, 0, 1. */
  readonly labels: Int8Array;
  /** [rows], not all zero; only their ratios count. Default: 1 each. */
  readonly weights?: Float64Array;
  /** Above 0, at most 1/3. Probabilities are taken as lying in [floor, 1 - floor]: beyond it they say more than their training rows can know. */
  readonly floor: number;
}

/**
 * The map of a method. Sigmoid and isotonic fit one curve for each class against the others, and a row's three values are
 * scaled to sum 1. Sigmoid's score is the log-odds of the class. Isotonic adds two rows of weight 1 to each class: one that had
 * it at the lowest probability and one that had not at the highest, so that no event is ever impossible or certain.
 */
export function fitCalibrationMap(method: Exclude<CalibrationMethod, 'none'>, rows: CalibrationRows): CalibrationMap {
  const { labels, floor } = rows;
  const probabilities = clipped(rows.probabilities, floor);
  const weights = meanOne(rows.weights ?? new Float64Array(labels.length).fill(1));
  if (method === 'temperature') return { method, floor, temperature: fitTemperature(probabilities, Uint8Array.from(labels, (label) => label + 1), weights) };
  const columns = [0, 1, 2].map((k) => ({
    p: Float64Array.from(labels, (_, row) => probabilities[3 * row + k]),
    isClass: Uint8Array.from(labels, (label) => (label + 1 === k ? 1 : 0)),
  }));
  if (method === 'sigmoid') return { method, floor, curves: columns.map(({ p, isClass }) => fitSigmoid(p.map(logOdds), isClass, weights)) };
  return { method, floor, curves: columns.map(({ p, isClass }) => smoothIsotonic(p, isClass, weights)) };
}

/** Calibrated probabilities [rows × 3] from a model's own; each row sums to 1. */
export function applyCalibrationMap(map: CalibrationMap, probabilities: Float64Array): Float64Array {
  const calibrated = clipped(probabilities, map.floor);
  for (let offset = 0; offset < calibrated.length; offset += 3) {
    if (map.method === 'temperature') {
      applyTemperature(map.temperature, calibrated, offset);
    } else {
      for (let k = 0; k < 3; k += 1) {
        const p = calibrated[offset + k];
        calibrated[offset + k] = map.method === 'sigmoid' ? applySigmoid(map.curves[k], logOdds(p)) : applyIsotonic(map.curves[k], p);
      }
    }
    const sum = calibrated[offset] + calibrated[offset + 1] + calibrated[offset + 2];
    for (let k = 0; k < 3; k += 1) calibrated[offset + k] /= sum;
  }
  return calibrated;
}

function smoothIsotonic(p: Float64Array, isClass: Uint8Array, weights: Float64Array): IsotonicCurve {
  const least = p.reduce((a, b) => Math.min(a, b));
  const greatest = p.reduce((a, b) => Math.max(a, b));
  return isotonicRegression([...p, least, greatest], [...isClass, 1, 0], [...weights, 1, 1]);
}

function clipped(probabilities: Float64Array, floor: number): Float64Array {
  return probabilities.map((p) => Math.min(1 - floor, Math.max(floor, p)));
}

function logOdds(p: number): number {
  return log(p / (1 - p));
}

function meanOne(weights: Float64Array): Float64Array {
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  return weights.map((weight) => weight / mean);
}
