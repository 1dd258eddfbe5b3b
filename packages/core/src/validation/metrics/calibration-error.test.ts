import { expect, it } from 'vitest';
import { calibrationError } from './calibration-error.js';

it('is the distance of confidence from accuracy, by hand', () => {
  // confidences 0.7 (right), 0.75 (wrong), 0.95 (right), and 0.7 in the bin (0.6, 0.7]
  const probabilities = Float64Array.of(0.7, 0.2, 0.1, 0.75, 0.25, 0, 0, 0.05, 0.95, 0.1, 0.7, 0.2);
  const { expected, largest, bins } = calibrationError([-1, 0, 1, 1], probabilities);
  expect(bins.map(({ rows }) => rows)).toEqual([0, 0, 0, 0, 0, 0, 2, 1, 0, 1]);
  expect(bins[6]).toEqual({ bin: 6, rows: 2, accuracy: 0.5, confidence: 0.7 });
  expect(bins[0]).toEqual({ bin: 0, rows: 0, accuracy: null, confidence: null });
  expect(expected).toBeCloseTo((2 / 4) * 0.2 + (1 / 4) * 0.75 + (1 / 4) * 0.05, 15);
  expect(largest).toBe(0.75);
});

it('of certain and right answers is 0; the first of equals is the answer', () => {
  expect(calibrationError([1], Float64Array.of(0, 0, 1)).expected).toBe(0);
  expect(calibrationError([-1], Float64Array.of(0.5, 0.5, 0), 2).bins[0]).toEqual({ bin: 0, rows: 1, accuracy: 1, confidence: 0.5 });
});

it('refuses what cannot be scored', () => {
  expect(() => calibrationError([], new Float64Array(0))).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
  expect(() => calibrationError([1], Float64Array.of(0, 0, 1), 0)).toThrow('The `binCount` option of calibrationError must be an integer of at least 1. Got 0.');
});
