// Weights of a logarithmic pool: those with the lowest mean log loss on predictions of rows that the members had not seen. The loss
// of a log pool is convex in its weights (it is a softmax regression on the members' log scores), and so is the pull towards equal
// weights: Newton steps on the simplex of weights end in one place, in a fixed order of sums.
import { log } from '../../numeric/log.js';
import { softmaxRows } from '../../numeric/softmax.js';
import { minimizeOnSimplex } from './minimize-on-simplex.js';
import { weighScores } from './weigh-scores.js';

export interface PoolProblem {
  /** [members] of log scores [rows × 3]. */
  readonly members: readonly Float64Array[];
  /** [rows] of -1, 0, 1. */
  readonly labels: Int8Array;
  /** [rows], not negative, not all zero. */
  readonly rowWeights: Float64Array;
  /** Factor of the penalty, the sum of (weight - 1 / members)², beside the mean log loss. */
  readonly pull: number;
}

/** Newton steps at most: five or six are needed. */
const MOST_STEPS = 50;

/** Weights [members], not negative, that add up to 1. */
export function fitPoolWeights(problem: PoolProblem): Float64Array {
  const count = problem.members.length;
  let weights = new Float64Array(count).fill(1 / count);
  let value = poolObjective(problem, weights);
  for (let step = 0; step < MOST_STEPS && count > 1; step += 1) {
    const target = minimizeOnSimplex(quadraticAt(problem, weights), weights);
    let isLower = false;
    for (let share = 1; share > 1e-6 && !isLower; share /= 2) {
      const candidate = weights.map((weight, i) => weight + share * (target[i] - weight));
      const candidateValue = poolObjective(problem, candidate);
      if (candidateValue < value - 1e-14) {
        weights = candidate;
        value = candidateValue;
        isLower = true;
      }
    }
    if (!isLower) break;
  }
  return weights;
}

/** Mean log loss of the pool and its penalty. */
export function poolObjective({ members, labels, rowWeights, pull }: PoolProblem, weights: Float64Array): number {
  return meanLogLoss(softmaxRows(weighScores(members, weights), 3), labels, rowWeights) + pull * weights.reduce((sum, weight) => sum + (weight - 1 / weights.length) ** 2, 0);
}

/** Weighted mean of -ln p of what happened. */
export function meanLogLoss(probabilities: Float64Array, labels: Int8Array, rowWeights: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < labels.length; row += 1) {
    if (rowWeights[row] === 0) continue;
    sum -= rowWeights[row] * log(Math.max(1e-300, probabilities[3 * row + labels[row] + 1]));
    total += rowWeights[row];
  }
  return sum / total;
}

/** Second-order model of the objective: gradient and Hessian [members × members] at `weights`. */
function quadraticAt({ members, labels, rowWeights, pull }: PoolProblem, weights: Float64Array): { at: Float64Array; gradient: Float64Array; hessian: Float64Array } {
  const count = members.length;
  const probabilities = softmaxRows(weighScores(members, weights), 3);
  const gradient = new Float64Array(count);
  const hessian = new Float64Array(count * count);
  const means = new Float64Array(count);
  const total = rowWeights.reduce((sum, weight) => sum + weight, 0);
  for (let row = 0; row < labels.length; row += 1) {
    const share = rowWeights[row] / total;
    if (share === 0) continue;
    const at = 3 * row;
    for (let a = 0; a < count; a += 1) {
      means[a] = probabilities[at] * members[a][at] + probabilities[at + 1] * members[a][at + 1] + probabilities[at + 2] * members[a][at + 2];
      gradient[a] += share * (means[a] - members[a][at + labels[row] + 1]);
    }
    for (let a = 0; a < count; a += 1) {
      for (let b = a; b < count; b += 1) {
        let covariance = 0;
        for (let k = 0; k < 3; k += 1) covariance += probabilities[at + k] * (members[a][at + k] - means[a]) * (members[b][at + k] - means[b]);
        hessian[a * count + b] += share * covariance;
      }
    }
  }
  for (let a = 0; a < count; a += 1) {
    gradient[a] += 2 * pull * (weights[a] - 1 / count);
    hessian[a * count + a] += 2 * pull;
    for (let b = 0; b < a; b += 1) hessian[a * count + b] = hessian[b * count + a];
  }
  return { at: weights, gradient, hessian };
}
