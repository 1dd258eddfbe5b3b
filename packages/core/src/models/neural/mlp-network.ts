// A multilayer perceptron in plain TypeScript: what predicts where no TensorFlow.js is installed.
import { relu, tanh } from './activations.js';
import { applyDense, type DenseLayer } from './dense-layer.js';

export interface MlpNetwork {
  readonly activation: 'relu' | 'tanh';
  /** Hidden layers, then the output layer of three units. */
  readonly layers: readonly DenseLayer[];
}

/** Scores [rows × 3] of inputs [rows × width], before softmax. */
export function mlpScores({ activation, layers }: MlpNetwork, inputs: ArrayLike<number>, rows: number): Float64Array {
  const curve = activation === 'relu' ? relu : tanh;
  let values = inputs;
  for (const layer of layers.slice(0, -1)) values = applyDense(layer, values, rows).map(curve);
  return applyDense(layers[layers.length - 1], values, rows);
}
