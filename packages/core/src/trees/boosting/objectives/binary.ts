// Two classes with one score: the probability of class 1 is its sigmoid; log loss. As LightGBM's `binary`.
import { log } from '../../../numeric/log.js';
import { sigmoid } from '../../../numeric/sigmoid.js';
import { classShares, SHARE_OF_ABSENT_CLASS } from './class-shares.js';
import { gridRounder } from './grid-rounder.js';
import type { Objective, ObjectiveData } from './objective.js';

const SMALLEST_PROBABILITY = 1e-15;

export function binaryObjective({ targets, weights }: ObjectiveData): Objective {
  const [negative, positive] = classShares(targets, weights, 2);
  const rounder = gridRounder(weights.reduce((sum, weight) => sum + weight, 0));
  return {
    scoreCount: 1,
    start: Float64Array.of(log(Math.max(SHARE_OF_ABSENT_CLASS, positive)) - log(Math.max(SHARE_OF_ABSENT_CLASS, negative))),
    isConstant: () => positive === 0 || negative === 0,
    fillDerivatives(_kernels, { rows, scores, labels, weights: own, derivatives, sums }) {
      sums.fill(0);
      for (let row = 0; row < rows; row += 1) {
        const p = sigmoid(scores[row]);
        const gradient = own[row] * (p - labels[row]) + rounder - rounder;
        const hessian = own[row] * p * (1 - p) + rounder - rounder;
        derivatives[2 * row] = gradient;
        derivatives[2 * row + 1] = hessian;
        sums[0] += Math.abs(gradient);
        sums[1] += hessian;
      }
    },
    loss(scores, labels, labelWeights) {
      let sum = 0;
      for (let row = 0; row < labels.length; row += 1) {
        const score = labels[row] === 1 ? scores[row] : -scores[row];
        sum -= labelWeights[row] * log(Math.max(SMALLEST_PROBABILITY, sigmoid(score)));
      }
      return sum;
    },
  };
}
