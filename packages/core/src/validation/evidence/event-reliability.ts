// Are the probabilities of the two questions honest: is a barrier touched, and is it the upper one, given a touch?
import { calibrationError } from '../metrics/calibration-error.js';
import { reliabilityCurve } from '../metrics/reliability-curve.js';
import type { ReliabilityBin } from '../metrics/reliability-curve.js';
import type { EventReliability } from './evidence.js';

const YES = 2;

/**
 * Reliability of probabilities [rows × 3] of labels [rows] of -1, 0, 1, rows in time order. `blockLength`: rows whose labels may hang
 * together, those of all markets within a block of time.
 */
export function eventReliability(labels: Int8Array, probabilities: Float64Array, blockLength: number): EventReliability {
  const all = Int32Array.from(labels.keys());
  const touchedRows = all.filter((row) => labels[row] !== 0);
  const share = (row: number, yes: readonly number[]): number => yes.reduce((sum, k) => sum + probabilities[3 * row + k], 0);
  const touched = twoAnswers(all, (row) => labels[row] !== 0, (row) => share(row, [0, 2]) / share(row, [0, 1, 2]), blockLength);
  const up = touchedRows.length === 0 ? null : twoAnswers(touchedRows, (row) => labels[row] > 0, (row) => share(row, [2]) / share(row, [0, 2]), blockLength);
  return {
    touched,
    up,
    classes: [0, 1, 2].map((classIndex) => reliabilityCurve(labels, probabilities, classIndex, { blockLength })),
    calibrationError: {
      touched: meanDistance(touched.bins),
      up: up === null ? null : meanDistance(up.bins),
      answer: calibrationError(labels, probabilities).expected,
    },
  };
}

/** The curve of "yes", as class 1 of rows that are -1 or 1. */
function twoAnswers(rows: Int32Array, isYes: (row: number) => boolean, probabilityOf: (row: number) => number, blockLength: number): EventReliability['touched'] {
  const probabilities = new Float64Array(3 * rows.length);
  rows.forEach((row, i) => {
    const yes = Math.min(1, probabilityOf(row));
    probabilities[3 * i] = 1 - yes;
    probabilities[3 * i + YES] = yes;
  });
  return reliabilityCurve(Int8Array.from(rows, (row) => (isYes(row) ? 1 : -1)), probabilities, YES, { blockLength });
}

function meanDistance(bins: readonly ReliabilityBin[]): number {
  const rows = bins.reduce((sum, bin) => sum + bin.rows, 0);
  return bins.reduce((sum, bin) => sum + bin.rows * Math.abs(bin.meanProbability - bin.observedShare), 0) / rows;
}
