// Scores of predicted labels: confusion matrix, accuracy, macro precision, recall and F1, as scikit-learn computes them
// with labels [-1, 0, 1] and zero_division = 0.
import { ForecastLabError } from '../../errors.js';

export interface ClassificationScores {
  readonly accuracy: number;
  /** Means over the three classes; a class without predictions (precision) or rows (recall) counts as 0. */
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** The predecessor's: macro recall over all three classes, so that an absent class counts as 0. Equals `recall`. */
  readonly balancedAccuracy: number;
  /** Rows by [true class][predicted class], in CLASSES order. */
  readonly confusion: readonly (readonly number[])[];
}

/** Rows by [true class][predicted class]. Both arrays [rows] of -1, 0, 1. Throws BAD_DATA when they are empty or differ in length. */
export function confusionMatrix(labels: ArrayLike<number>, predicted: ArrayLike<number>): number[][] {
  checkLengths(labels.length, predicted.length, 'predicted labels');
  const counts = [[0, 0, 0], [0, 0, 0], [0, 0, 0]];
  for (let row = 0; row < labels.length; row += 1) {
    const line = counts[labels[row] + 1];
    const count = line?.[predicted[row] + 1];
    if (line === undefined || count === undefined) {
      throw new ForecastLabError('BAD_DATA', `Labels must be -1, 0 or 1. Got ${labels[row]} (true) and ${predicted[row]} (predicted) in row ${row}.`);
    }
    line[predicted[row] + 1] = count + 1;
  }
  return counts;
}

/** All scores of predicted labels. Arguments as confusionMatrix. */
export function classificationScores(labels: ArrayLike<number>, predicted: ArrayLike<number>): ClassificationScores {
  const confusion = confusionMatrix(labels, predicted);
  const classes = classScores(confusion);
  const macro = (score: 'precision' | 'recall' | 'f1'): number => classes.reduce((sum, k) => sum + k[score], 0) / 3;
  const recall = macro('recall');
  return {
    accuracy: sumsOf(confusion).right / labels.length,
    precision: macro('precision'),
    recall,
    f1: macro('f1'),
    balancedAccuracy: recall,
    confusion,
  };
}

/** Scores of one class. `rows`: rows of that true class. */
export interface ClassScores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly rows: number;
}

/** [3] precision, recall and F1 of each class, in CLASSES order; 0 where scikit-learn divides by zero. `confusion`: from confusionMatrix. */
export function classScores(confusion: readonly (readonly number[])[]): readonly ClassScores[] {
  const { asTrue, asPredicted } = sumsOf(confusion);
  return confusion.map((line, k) => ({
    precision: ratio(line[k], asPredicted[k]),
    recall: ratio(line[k], asTrue[k]),
    f1: ratio(2 * line[k], asPredicted[k] + asTrue[k]),
    rows: asTrue[k],
  }));
}

/**
 * Mean recall over the classes that occur, as scikit-learn's balanced_accuracy_score; `ClassificationScores.balancedAccuracy` is the
 * predecessor's, where an absent class counts as 0. `confusion`: from confusionMatrix.
 * @example balancedAccuracy([[1, 1, 0], [0, 0, 0], [0, 0, 4]]) // 0.75
 */
export function balancedAccuracy(confusion: readonly (readonly number[])[]): number {
  const occurring = classScores(confusion).filter(({ rows }) => rows > 0);
  return occurring.reduce((sum, { recall }) => sum + recall, 0) / occurring.length;
}

/** Rows, rows that are right, and [3] rows by true and by predicted class. */
export function sumsOf(confusion: readonly (readonly number[])[]): { total: number; right: number; asTrue: readonly number[]; asPredicted: readonly number[] } {
  const asTrue = confusion.map((line) => line.reduce((sum, count) => sum + count, 0));
  return {
    total: asTrue.reduce((sum, count) => sum + count, 0),
    right: confusion.reduce((sum, line, k) => sum + line[k], 0),
    asTrue,
    asPredicted: confusion.map((_, k) => confusion.reduce((sum, line) => sum + line[k], 0)),
  };
}

/** The most probable class of each row of [rows × 3] probabilities; the first of equals. */
export function mostProbableLabels(probabilities: Float64Array): Int8Array {
  const labels = new Int8Array(probabilities.length / 3);
  for (let row = 0; row < labels.length; row += 1) {
    let best = 0;
    for (let k = 1; k < 3; k += 1) {
      if (probabilities[3 * row + k] > probabilities[3 * row + best]) best = k;
    }
    labels[row] = best - 1;
  }
  return labels;
}

/** Throws BAD_DATA unless there are rows and as many `what` as labels. */
export function checkLengths(rows: number, other: number, what: string): void {
  if (rows === 0) throw new ForecastLabError('BAD_DATA', 'There must be at least one row to score. Got none.');
  if (rows !== other) throw new ForecastLabError('BAD_DATA', `There must be as many ${what} as labels. Got ${other} for ${rows} labels.`);
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
