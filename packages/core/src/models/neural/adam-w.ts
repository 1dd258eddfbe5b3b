// Adam with decoupled weight decay: Kingma and Ba 2015, https://arxiv.org/abs/1412.6980; Loshchilov and Hutter 2019,
// https://arxiv.org/abs/1711.05101. In doubles and outside of TensorFlow.js, whose optimizers cost more calls than the gradient.

const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-8;

export interface AdamWOptions {
  /** Above 0. */
  readonly learningRate: number;
  /** Each step shrinks the weights that decay by learningRate × weightDecay. */
  readonly weightDecay: number;
  /** [arrays] whether the weights of an array decay; biases do not. */
  readonly decays: readonly boolean[];
}

/** A function that takes one step: changes `weights` in place against `gradients`, arrays of the same lengths in every call. */
export function createAdamW({ learningRate, weightDecay, decays }: AdamWOptions): (weights: readonly Float32Array[], gradients: readonly ArrayLike<number>[]) => void {
  let means: readonly Float64Array[] | undefined;
  let squares: readonly Float64Array[] = [];
  let power1 = 1;
  let power2 = 1;
  return (weights, gradients) => {
    means ??= weights.map(({ length }) => new Float64Array(length));
    if (squares.length === 0) squares = weights.map(({ length }) => new Float64Array(length));
    power1 *= BETA_1;
    power2 *= BETA_2;
    for (let array = 0; array < weights.length; array += 1) {
      const values = weights[array];
      const gradient = gradients[array];
      const mean = means[array];
      const square = squares[array];
      const keep = decays[array] ? 1 - learningRate * weightDecay : 1;
      for (let i = 0; i < values.length; i += 1) {
        const slope = gradient[i];
        mean[i] = BETA_1 * mean[i] + (1 - BETA_1) * slope;
        square[i] = BETA_2 * square[i] + (1 - BETA_2) * slope * slope;
        values[i] = keep * values[i] - (learningRate * (mean[i] / (1 - power1))) / (Math.sqrt(square[i] / (1 - power2)) + EPSILON);
      }
    }
  };
}
