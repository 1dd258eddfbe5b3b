// Several classes: one score each, softmax, log loss.
import { log } from '../../../numeric/log.js';
import { softmaxRows } from '../../../numeric/softmax.js';
import { classShares, SHARE_OF_ABSENT_CLASS } from './class-shares.js';
import { gridRounder } from './grid-rounder.js';
import type { Objective, ObjectiveData } from './objective.js';
import { hessianFactor } from './softmax-derivatives.js';

/** Probabilities below this are raised to it before their logarithm is taken. */
const SMALLEST_PROBABILITY = 1e-15;

export function multiclassObjective({ targets, weights, classes }: ObjectiveData): Objective {
  const shares = classShares(targets, weights, classes);
  const factor = hessianFactor(classes);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // |p - y| is at most 1 and f p (1 - p) at most f / 4, which is 1/2 for two classes
  const rounder = gridRounder(total);
  const scales = { gradientRounder: rounder, hessianRounder: rounder, factor };
  return {
    scoreCount: classes,
    start: shares.map((share) => log(Math.max(SHARE_OF_ABSENT_CLASS, share))),
    isConstant: (score) => shares[score] === 0 || shares[score] === 1,
    fillDerivatives: (kernels, arrays) => kernels.softmaxDerivatives(arrays, classes, scales),
    loss(scores, labels, labelWeights) {
      const probabilities = softmaxRows(scores.slice(), classes);
      let sum = 0;
      for (let row = 0; row < labels.length; row += 1) {
        sum -= labelWeights[row] * log(Math.max(SMALLEST_PROBABILITY, probabilities[row * classes + labels[row]]));
      }
      return sum;
    },
  };
}
