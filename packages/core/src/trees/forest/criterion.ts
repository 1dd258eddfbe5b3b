// What a good split is. A side with class weights w_c and their sum w has a score; a split is as good as both scores together.
// Gini: sum(w_c^2) / w, which is w (1 - impurity). Entropy: sum(w_c log2 w_c) - w log2 w, which is -w times the entropy in bits.
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
  for (let index = 0; index < classWeights.length; index += 1) sum += timesItsLog(classWeights[index]);
  return (sum - timesItsLog(weight)) / LN2;
}

/** x log x of whole numbers below TABLED, each computed when it is first needed: weights of bootstrap samples are whole. */
const TABLED = 2 ** 16;
let table: Float64Array | undefined;

function timesItsLog(x: number): number {
  if (!(x < TABLED && Number.isInteger(x))) return x > 0 ? x * log(x) : 0;
  table ??= new Float64Array(TABLED).fill(Number.NaN);
  const known = table[x];
  if (known === known) return known;
  table[x] = x > 0 ? x * log(x) : 0;
  return table[x];
}

/** Impurity of a node: 0 when it has one class. */
export function impurityOf(criterion: CriterionName, score: number, weight: number): number {
  return criterion === 'gini' ? 1 - score / weight : -score / weight;
}
