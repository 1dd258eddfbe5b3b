// Matthews correlation for several classes (Gorodkin 2004, "Comparing two K-category assignments by a K-category correlation
// coefficient"), as scikit-learn computes it. Unlike accuracy it cannot be raised by always naming the frequent class.
import { sumsOf } from './classification-scores.js';

/**
 * Correlation of true and predicted classes, from -1 to 1; 0 when either has one class only.
 * `confusion`: rows by [true class][predicted class], from confusionMatrix.
 * @example matthewsCorrelation([[2, 0, 0], [0, 3, 0], [0, 0, 4]]) // 1
 */
export function matthewsCorrelation(confusion: readonly (readonly number[])[]): number {
  const { total, right, asTrue, asPredicted } = sumsOf(confusion);
  const product = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, count, k) => sum + count * b[k], 0);
  const spreadTrue = total * total - product(asTrue, asTrue);
  const spreadPredicted = total * total - product(asPredicted, asPredicted);
  if (spreadTrue === 0 || spreadPredicted === 0) return 0;
  return (total * right - product(asTrue, asPredicted)) / Math.sqrt(spreadTrue * spreadPredicted);
}
