// What a boosted model learns to predict: where its scores begin, and how the loss changes with each score.
import type { BoostingKernels } from '../boosting-kernels.js';
import { binaryObjective } from './binary.js';
import { multiclassObjective } from './multiclass.js';
import { huberObjective, squaredObjective } from './regression.js';
import type { DerivativeArrays } from './softmax-derivatives.js';

/**
 * 'multiclass': softmax log loss; 'binary': logistic log loss of two classes, with one score;
 * 'squared' and 'huber': regression on any numbers.
 */
export type ObjectiveName = 'multiclass' | 'binary' | 'squared' | 'huber';

export interface Objective {
  /** Scores of a row, and trees of a round. */
  readonly scoreCount: number;
  /** [scoreCount] what scores are before any tree, when boosting starts from the average. */
  readonly start: Float64Array;
  /** True for a score that no tree can better: that of a class which no row or every row has. */
  isConstant(score: number): boolean;
  /** Fills `derivatives` and `sums` from `scores`: multiples of a grid step, so that their sums are exact. */
  fillDerivatives(kernels: BoostingKernels, arrays: DerivativeArrays): void;
  /** The weighted loss of `scores` ([rows × scoreCount], row by row), summed over rows; 0 is best. */
  loss(scores: Float64Array, targets: Float64Array, weights: Float64Array): number;
}

/** What objectives are made from: the training rows. */
export interface ObjectiveData {
  /** [rows] class indexes or numbers. */
  readonly targets: Float64Array;
  /** [rows] above 0. */
  readonly weights: Float64Array;
  readonly classes: number;
  readonly huberDelta: number;
}

export function createObjective(name: ObjectiveName, data: ObjectiveData): Objective {
  if (name === 'multiclass') return multiclassObjective(data);
  if (name === 'binary') return binaryObjective(data);
  return name === 'huber' ? huberObjective(data) : squaredObjective(data);
}
