// Cohen's kappa (Cohen 1960, "A coefficient of agreement for nominal scales"): agreement beyond that of chance with the same class counts.
import { sumsOf } from './classification-scores.js';

/**
 * Agreement of true and predicted classes beyond chance, at most 1; null when both have one and the same class only.
 * `confusion`: rows by [true class][predicted class], from confusionMatrix.
 * @example cohensKappa([[2, 0, 0], [0, 3, 0], [0, 0, 4]]) // 1
 */
export function cohensKappa(confusion: readonly (readonly number[])[]): number | null {
  const { total, right, asTrue, asPredicted } = sumsOf(confusion);
  const byChance = asTrue.reduce((sum, count, k) => sum + (count / total) * (asPredicted[k] / total), 0);
  return byChance === 1 ? null : (right / total - byChance) / (1 - byChance);
}
