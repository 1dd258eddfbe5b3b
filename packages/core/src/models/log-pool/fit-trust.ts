// How far a pool is to be believed: the exponent of pool^trust × prior^(1 - trust) with the lowest log loss, for one question with
// two answers. The loss is convex in the exponent; halving the interval of its slope's sign finds the minimum to 2^-40.
import { sigmoid } from '../../numeric/sigmoid.js';

export interface TrustProblem {
  /** Log odds [rows] of the prior and of the pool. */
  readonly prior: Float64Array;
  readonly pool: Float64Array;
  /** [rows] 1 where it happened, else 0. */
  readonly outcome: Uint8Array;
  /** [rows], not negative; rows of weight 0 do not count. */
  readonly rowWeights: Float64Array;
}

const HALVINGS = 40;

/** From 0, the prior alone, to 1, the pool alone; 0 where no row counts or both say the same. */
export function fitTrust({ prior, pool, outcome, rowWeights }: TrustProblem): number {
  const slope = (trust: number): number => {
    let sum = 0;
    for (let row = 0; row < outcome.length; row += 1) {
      if (rowWeights[row] === 0) continue;
      const step = pool[row] - prior[row];
      sum += rowWeights[row] * step * (sigmoid(prior[row] + trust * step) - outcome[row]);
    }
    return sum;
  };
  if (slope(0) >= 0) return 0;
  if (slope(1) <= 0) return 1;
  let low = 0;
  let high = 1;
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const middle = (low + high) / 2;
    if (slope(middle) > 0) high = middle;
    else low = middle;
  }
  return low;
}
