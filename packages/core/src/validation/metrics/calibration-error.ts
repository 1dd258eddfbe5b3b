// Calibration error of the most probable class: how far confidence is from being right that often, in bins of equal width
// (Naeini, Cooper and Hauskrecht 2015; Guo et al. 2017, https://arxiv.org/abs/1706.04599).
import { optionError } from '../../errors.js';
import { checkLengths, mostProbableLabels } from './classification-scores.js';

export interface CalibrationBin {
  /** Confidence in (bin / bins, (bin + 1) / bins]. */
  readonly bin: number;
  readonly rows: number;
  /** Share of rows whose most probable class is the true one, and mean highest probability; null in an empty bin. */
  readonly accuracy: number | null;
  readonly confidence: number | null;
}

export interface CalibrationError {
  /** Mean over rows of |accuracy - confidence| of the row's bin (ECE). */
  readonly expected: number;
  /** The largest such distance of any bin that has rows (MCE). */
  readonly largest: number;
  readonly bins: readonly CalibrationBin[];
}

/**
 * Calibration of probabilities [rows × 3] against labels [rows] of -1, 0, 1; the first of equally probable classes counts.
 * `binCount`: bins over (0, 1]. Throws BAD_DATA when the columns are empty or differ in length, BAD_OPTION on `binCount`.
 * @example calibrationError([1, 1], Float64Array.of(0, 0.25, 0.75, 0, 0.25, 0.75)).expected // 0.25
 */
export function calibrationError(labels: ArrayLike<number>, probabilities: Float64Array, binCount = 10): CalibrationError {
  checkLengths(labels.length, probabilities.length / 3, 'rows of probabilities');
  if (!Number.isSafeInteger(binCount) || binCount < 1) throw optionError('calibrationError', 'binCount', 'an integer of at least 1', binCount);
  const predicted = mostProbableLabels(probabilities);
  const [rows, right, confidence] = [0, 1, 2].map(() => new Float64Array(binCount));
  for (let row = 0; row < predicted.length; row += 1) {
    const highest = probabilities[3 * row + predicted[row] + 1];
    const bin = Math.min(binCount - 1, Math.max(0, Math.ceil(highest * binCount) - 1));
    rows[bin] += 1;
    right[bin] += predicted[row] === labels[row] ? 1 : 0;
    confidence[bin] += highest;
  }
  let expected = 0;
  let largest = 0;
  const bins = Array.from(rows, (count, bin): CalibrationBin => {
    if (count === 0) return { bin, rows: 0, accuracy: null, confidence: null };
    const distance = Math.abs(right[bin] / count - confidence[bin] / count);
    expected += (count / labels.length) * distance;
    largest = Math.max(largest, distance);
    return { bin, rows: count, accuracy: right[bin] / count, confidence: confidence[bin] / count };
  });
  return { expected, largest, bins };
}
