// Time decay: markets change, so older labels count for less. Time is counted in uniqueness, not in days: many labels that
// overlap are little news. (López de Prado, Advances in Financial Machine Learning, 2018, 4.7, snippet 4.11.)
import { optionError } from '../../errors.js';

export interface TimeDecayOptions {
  /**
   * What the weights tend to before the oldest label, above -1: 1 is no decay, 0.5 half, 0 nothing; above 1 older labels count for
   * more. Negative: that share of the uniqueness, the oldest, has weight 0.
   */
  readonly oldest: number;
}

/**
 * One weight per label, at least 0: 1 for the newest, falling in a straight line with the uniqueness of the labels after it.
 * They are factors: multiply other weights by them.
 * @param uniqueness [labels] `averageUniqueness` of the labels, oldest first, numbers that are not negative
 * @throws BAD_OPTION
 * @example timeDecayWeights(averageUniqueness(spans), { oldest: 0.5 })
 */
export function timeDecayWeights(uniqueness: ArrayLike<number>, { oldest }: TimeDecayOptions): Float64Array {
  if (!(oldest > -1 && oldest < Infinity)) throw optionError('timeDecayWeights', 'oldest', 'a number above -1', oldest);
  const weights = new Float64Array(uniqueness.length);
  let total = 0;
  for (let label = 0; label < weights.length; label += 1) {
    if (!(uniqueness[label] >= 0 && uniqueness[label] < Infinity)) throw optionError('timeDecayWeights', 'uniqueness', `of finite numbers that are not negative (label ${label})`, uniqueness[label]);
    total += uniqueness[label];
  }
  if (total === 0) return weights.fill(1);
  const slope = oldest >= 0 ? (1 - oldest) / total : 1 / ((oldest + 1) * total);
  let newer = 0;
  for (let label = weights.length - 1; label >= 0; label -= 1) {
    weights[label] = Math.max(0, 1 - slope * newer);
    newer += uniqueness[label];
  }
  return weights;
}
