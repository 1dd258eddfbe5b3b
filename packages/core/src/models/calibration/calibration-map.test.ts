import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { logLoss } from '../../validation/metrics/probability-scores.js';
import { applyCalibrationMap, fitCalibrationMap } from './calibration-map.js';

const METHODS = ['sigmoid', 'isotonic', 'temperature'] as const;
const FLOOR = 1e-4;

/** True probabilities of rows, and labels drawn from them. */
function drawn(rows: number, seed: number): { truth: Float64Array; labels: Int8Array } {
  const random = createRandom(seed);
  const truth = new Float64Array(3 * rows);
  const labels = new Int8Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const parts = [-0.5, 0.5, -1].map((level) => Math.exp(level + random.normal()));
    const sum = parts[0] + parts[1] + parts[2];
    truth.set(parts.map((part) => part / sum), 3 * row);
    const u = random.next();
    labels[row] = u < parts[0] / sum ? -1 : u < (parts[0] + parts[1]) / sum ? 0 : 1;
  }
  return { truth, labels };
}

/** Each row's probabilities to a power, scaled to sum 1: more sure than they should be for a power above 1. */
function toPower(probabilities: Float64Array, power: number): Float64Array {
  return probabilities.map((p, i, all) => {
    const row = all.subarray(i - (i % 3), i - (i % 3) + 3);
    return p ** power / (row[0] ** power + row[1] ** power + row[2] ** power);
  });
}

const fitting = drawn(3000, 1);
const testing = drawn(3000, 2);

describe.each(METHODS)('calibration by %s', (method) => {
  it('lowers the log loss of a model that is too sure on rows that it was not fitted on, close to that of the truth', () => {
    const map = fitCalibrationMap(method, { probabilities: toPower(fitting.truth, 3), labels: fitting.labels, floor: FLOOR });
    const told = toPower(testing.truth, 3);
    const calibrated = logLoss(testing.labels, applyCalibrationMap(map, told));
    const best = logLoss(testing.labels, testing.truth);
    expect(logLoss(testing.labels, told)).toBeGreaterThan(best + 0.3);
    expect(calibrated).toBeLessThan(best + 0.03);
  });

  it('leaves calibrated probabilities nearly as they are', () => {
    const map = fitCalibrationMap(method, { probabilities: fitting.truth, labels: fitting.labels, floor: FLOOR });
    const calibrated = applyCalibrationMap(map, testing.truth);
    const shift = calibrated.reduce((sum, p, i) => sum + Math.abs(p - testing.truth[i]), 0) / calibrated.length;
    expect(shift).toBeLessThan(0.02);
  });

  it('gives rows that sum to 1, never 0 and in the order of the model', () => {
    const map = fitCalibrationMap(method, { probabilities: toPower(fitting.truth, 3), labels: fitting.labels, floor: 1 / 3003 });
    const calibrated = applyCalibrationMap(map, Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1, 0.2, 0.3, 0.5, 1 / 3, 1 / 3, 1 / 3));
    for (let row = 0; row < 5; row += 1) {
      const [down, neutral, up] = calibrated.subarray(3 * row, 3 * row + 3);
      expect(down + neutral + up).toBeCloseTo(1, 15);
      expect(Math.min(down, neutral, up)).toBeGreaterThan(1e-6);
    }
    for (let k = 0; k < 3; k += 1) expect(calibrated[4 * k]).toBeGreaterThan(calibrated[9 + k]);
  });

  it('counts weights by their ratios', () => {
    const probabilities = toPower(fitting.truth, 2);
    const weights = Float64Array.from(fitting.labels, (_, row) => 0.5 + (row % 4));
    const map = fitCalibrationMap(method, { ...fitting, probabilities, weights, floor: FLOOR });
    const scaled = fitCalibrationMap(method, { ...fitting, probabilities, weights: weights.map((weight) => weight * 8), floor: FLOOR });
    expect(applyCalibrationMap(scaled, testing.truth)).toEqual(applyCalibrationMap(map, testing.truth));
    expect(applyCalibrationMap(fitCalibrationMap(method, { ...fitting, probabilities, floor: FLOOR }), testing.truth)).not.toEqual(applyCalibrationMap(map, testing.truth));
  });

  it('is not broken by a class without rows, or by rows that are all the same', () => {
    const labels = fitting.labels.map((label) => (label === 1 ? 0 : label));
    const without = applyCalibrationMap(fitCalibrationMap(method, { probabilities: fitting.truth, labels, floor: FLOOR }), testing.truth);
    expect(without.every((p) => p > 0 && p < 1)).toBe(true);
    const same = Float64Array.from(fitting.truth, (_, i) => [0.2, 0.5, 0.3][i % 3]);
    const [down, neutral, up] = applyCalibrationMap(fitCalibrationMap(method, { probabilities: same, labels: fitting.labels, floor: FLOOR }), same);
    if (method !== 'temperature') {
      const share = (label: number): number => fitting.labels.filter((own) => own === label).length / 3000;
      [down, neutral, up].forEach((p, k) => expect(Math.abs(p - share(k - 1))).toBeLessThan(0.001));
    }
    expect(down + neutral + up).toBeCloseTo(1, 15);
  });
});

describe('isotonic calibration', () => {
  it('adds a row of the class below all and one of the others above all', () => {
    // classes 0 and 2 of four rows; for class 0: probabilities 0.1, 0.2, 0.7, 0.8 of which the last two had it
    const probabilities = Float64Array.of(0.1, 0, 0.9, 0.2, 0, 0.8, 0.7, 0, 0.3, 0.8, 0, 0.2);
    const map = fitCalibrationMap('isotonic', { probabilities, labels: Int8Array.of(1, 1, -1, -1), floor: 0.01 });
    expect(map.method === 'isotonic' && map.curves[0]).toEqual({ thresholds: [0.1, 0.2, 0.7, 0.8], values: [1 / 3, 1 / 3, 2 / 3, 2 / 3] });
    // a class that no row had: one of five
    expect(map.method === 'isotonic' && map.curves[1]).toEqual({ thresholds: [0.01], values: [1 / 6] });
  });
});
