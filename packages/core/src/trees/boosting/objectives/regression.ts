// Regression: the score is the prediction. Squared loss, or Huber's, which is squared near the target and linear beyond a
// distance, so that outliers pull no harder than that (Huber 1964). As LightGBM's `regression` and `huber`: the hessian is 1.
import { gridRounder } from './grid-rounder.js';
import type { Objective, ObjectiveData } from './objective.js';
import type { DerivativeArrays } from './softmax-derivatives.js';

/** Starts from the mean. */
export function squaredObjective(data: ObjectiveData): Objective {
  const total = sum(data.weights);
  const mean = data.targets.reduce((part, target, row) => part + target * (data.weights[row] / total), 0);
  return regressionObjective(data, Infinity, mean);
}

/** Starts from the median, as scikit-learn does: outliers may draw the mean so far away that hundreds of rounds go by on the way back. */
export function huberObjective(data: ObjectiveData): Objective {
  return regressionObjective(data, data.huberDelta, weightedMedian(data));
}

/** The first target at which half of the weight is reached. */
function weightedMedian({ targets, weights }: ObjectiveData): number {
  const order = Int32Array.from(targets, (_, row) => row).sort((a, b) => targets[a] - targets[b]);
  const half = sum(weights) / 2;
  let weight = 0;
  for (const row of order) {
    weight += weights[row];
    if (weight >= half) return targets[row];
  }
  return targets[order[order.length - 1]];
}

function sum(numbers: Float64Array): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** `delta`: beyond this distance from the target the loss is linear. `start`: the score before any tree. */
function regressionObjective({ targets, weights }: ObjectiveData, delta: number, start: number): Objective {
  const total = sum(weights);
  const hessianRounder = gridRounder(total);
  const clip = (distance: number): number => Math.min(delta, Math.max(-delta, distance));
  return {
    scoreCount: 1,
    start: Float64Array.of(start),
    isConstant: () => false,
    fillDerivatives(_kernels, { rows, scores, weights: own, derivatives, sums }: DerivativeArrays) {
      let largest = 0;
      for (let row = 0; row < rows; row += 1) largest = Math.max(largest, Math.abs(clip(scores[row] - targets[row])));
      const rounder = gridRounder(total * largest);
      sums.fill(0);
      for (let row = 0; row < rows; row += 1) {
        const gradient = own[row] * clip(scores[row] - targets[row]) + rounder - rounder;
        const hessian = own[row] + hessianRounder - hessianRounder;
        derivatives[2 * row] = gradient;
        derivatives[2 * row + 1] = hessian;
        sums[0] += Math.abs(gradient);
        sums[1] += hessian;
      }
    },
    loss(scores, values, valueWeights) {
      let loss = 0;
      for (let row = 0; row < values.length; row += 1) {
        const distance = Math.abs(scores[row] - values[row]);
        loss += valueWeights[row] * (distance <= delta ? distance * distance / 2 : delta * (distance - delta / 2));
      }
      return loss;
    },
  };
}
