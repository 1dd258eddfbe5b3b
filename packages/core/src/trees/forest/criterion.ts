// What a good split is. A side with class weights w_c and their sum w has a score; a split is as good as both scores together.
// Gini: sum(w_c^2) / w, which is w (1 - impurity). Entropy: sum(w_c log2(w_c / w)), which is -w times the entropy in bits.
import { log } from '../../numeric/log.js';

export type CriterionName = 'gini' | 'entropy';

/** log 2, so that entropies are in bits as in scikit-learn. */
const LN2 = log(2);

/** The score of a side. */
export function sideScore(criterion: CriterionName, classWeights: ArrayLike<number>, weight: number): number {
  let sum = 0;
  if (criterion === 'gini') {
    for (let index = 0; index < classWeights.length; index += 1) sum += classWeights[index] * classWeights[index];
    return sum / weight;
  }
  for (let index = 0; index < classWeights.length; index += 1) {
    const own = classWeights[index];
    if (own > 0) sum += own * log(own / weight);
  }
  return sum / LN2;
}

/** Impurity of a node: 0 when it has one class. */
export function impurityOf(criterion: CriterionName, score: number, weight: number): number {
  return criterion === 'gini' ? 1 - score / weight : -score / weight;
}
