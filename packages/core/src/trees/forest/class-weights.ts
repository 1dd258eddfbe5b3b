// Weights of classes, as scikit-learn's compute_class_weight gives them.
import { optionError } from '../../errors.js';
import type { ForestParams } from './forest-options.js';

/** [classes] rows / (classes present × rows of the class), where row i counts `times[i]` times; 0 for a class without rows. Default: once each. */
export function balancedWeights(classIndexes: ArrayLike<number>, classes: number, times?: ArrayLike<number>): Float64Array {
  const counts = new Float64Array(classes);
  let total = 0;
  for (let row = 0; row < classIndexes.length; row += 1) {
    const count = times === undefined ? 1 : times[row];
    counts[classIndexes[row]] += count;
    total += count;
  }
  const present = counts.filter((count) => count > 0).length;
  return counts.map((count) => (count > 0 ? total / (present * count) : 0));
}

/** [classes] the weights that hold for all trees; 1 each for 'balanced-subsample', which depends on the tree. Throws BAD_OPTION for another number of weights. */
export function fixedClassWeights(where: string, choice: Required<ForestParams>['classWeights'], classIndexes: ArrayLike<number>, classes: number): Float64Array {
  if (choice === null || choice === 'balanced-subsample') return new Float64Array(classes).fill(1);
  if (choice === 'balanced') return balancedWeights(classIndexes, classes);
  if (choice.length !== classes) throw optionError(where, 'classWeights', `an array of ${classes} numbers`, `[${choice.join(', ')}]`);
  return Float64Array.from(choice);
}
