// The simplest model on top of offsets: one constant per class, as probable as can be. Prior and boosting start from it.
import type { TrainingData } from './classifier.js';
import { fitSoftmaxRegression } from './fit-softmax-regression.js';

/**
 * Constants [3] in CLASSES order that lower the weighted log loss of softmax(offsets + constants) most; they add up to 0. With them the
 * mean probability of each class is its weighted share. A class without weight has none: -Infinity. `data.offsets` are checked by the caller.
 */
export function fitClassConstants({ labels, offsets }: Pick<TrainingData, 'labels' | 'offsets'>, weights: Float64Array): Float64Array {
  const present = [0, 1, 2].filter((k) => labels.some((label, row) => label + 1 === k && weights[row] > 0));
  const { parameters } = fitSoftmaxRegression({
    columns: [],
    classIndex: labels.map((label) => Math.max(0, present.indexOf(label + 1))),
    classCount: present.length,
    weights,
    ...(offsets && { offsets: offsetsOfClasses(offsets, present) }),
    C: 1,
    maxIter: 1000,
    tol: 1e-12,
  });
  const constants = new Float64Array(3).fill(-Infinity);
  present.forEach((k, index) => (constants[k] = parameters[index] + 0));
  return constants;
}

/** Offsets [rows × 3] moved from CLASSES order to the order of the classes that are present; the columns behind are 0. */
export function offsetsOfClasses(offsets: Float64Array, present: readonly number[]): Float64Array {
  if (present.length === 3) return offsets;
  return Float64Array.from(offsets, (_, i) => (i % 3 < present.length ? offsets[i - (i % 3) + present[i % 3]] : 0));
}
