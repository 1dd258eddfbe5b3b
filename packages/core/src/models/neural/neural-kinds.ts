// The neural kinds with a TensorFlow.js to fit with.
import type { ClassifierKind } from '../classifier.js';
import { fitGru } from './fit-gru.js';
import { fitMlp } from './fit-mlp.js';
import { createGru, GRU } from './gru.js';
import { createMlp, MLP } from './mlp.js';
import type { TensorFlow, TensorFlowModule } from './tensorflow.js';

/** Both neural kinds. */
export interface NeuralKinds {
  readonly mlp: ClassifierKind;
  readonly gru: ClassifierKind;
}

/**
 * The kinds `mlp` (MlpParams) and `gru` (GruParams), fitted with the given TensorFlow.js: a backend must be ready and gradients
 * registered; `loadNeuralKind` of @forecastlab/core/node sees to both. The same data, options and seed give the same model on the
 * same backend; its predictions then are plain TypeScript with the same bits everywhere.
 * @example
 * import * as tf from '@tensorflow/tfjs';
 * await tf.ready();
 * const model = fitClassifier(createNeuralKinds(tf).mlp, rows, { seed: 42 });
 */
export function createNeuralKinds(module: TensorFlowModule): NeuralKinds {
  const tf = module as unknown as TensorFlow;
  return {
    mlp: { ...MLP, fit: (data, options) => createMlp(fitMlp(tf, data, options)) },
    gru: { ...GRU, fit: (data, options) => createGru(fitGru(tf, data, options)) },
  };
}
