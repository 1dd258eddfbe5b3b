// Fits the multilayer perceptron with TensorFlow.js.
import { createRandom } from '../../numeric/random.js';
import { checkOptions } from '../../trees/option-rules.js';
import type { FitOptions, TrainingData } from '../classifier.js';
import type { DenseLayer } from './dense-layer.js';
import { glorotUniform, priorOutputLayer } from './initial-weights.js';
import { inputWidth } from './input-encoder.js';
import type { MlpModel } from './mlp.js';
import { MLP_RULES, type MlpParams } from './neural-options.js';
import { batchInputs, prepareNeuralData } from './neural-data.js';
import { refitOnAllRows } from './refit-on-all-rows.js';
import type { Tensor, TensorFlow } from './tensorflow.js';
import { type Dropout, trainNetwork } from './train-network.js';

/** Keeps this stream of random numbers apart from others of the same seed. */
const WEIGHTS = 0x31;

/** The fitted perceptron. Throws BAD_OPTION for options, BAD_DATA for data that cannot be used. */
export function fitMlp(tf: TensorFlow, data: TrainingData, options: FitOptions): MlpModel {
  const checked = checkOptions<MlpParams>('mlp', MLP_RULES, options.params);
  return refitOnAllRows(checked, options, (params, onIteration) => trainMlp(tf, data, options, params, onIteration));
}

function trainMlp(tf: TensorFlow, data: TrainingData, options: FitOptions, params: Required<MlpParams>, onIteration: FitOptions['onIteration']): MlpModel {
  const prepared = prepareNeuralData('mlp', data, options, params);
  const width = inputWidth(prepared.encoder);
  const random = createRandom(options.seed, WEIGHTS);
  const sizes = [width, ...params.hiddenSizes];
  const hidden = params.hiddenSizes.map((units, i): DenseLayer => ({ kernel: glorotUniform(sizes[i], units, random), bias: new Float32Array(units) }));
  const start = [...hidden, priorOutputLayer(sizes[sizes.length - 1], prepared.classIndexes, prepared.rowWeights, prepared.training)];
  const curve = (x: Tensor): Tensor => (params.activation === 'relu' ? tf.relu(x) : tf.tanh(x));

  /** weights: kernel and bias of each layer in turn. */
  const scores = (weights: readonly Tensor[], batch: Int32Array, dropOut: Dropout): Tensor => {
    let values = tf.tensor(batchInputs(prepared.inputs, width, batch), [batch.length, width]);
    params.hiddenSizes.forEach((units, i) => {
      values = dropOut(curve(tf.add(tf.matMul(values, weights[2 * i]), weights[2 * i + 1])), batch.length, units);
    });
    return tf.add(tf.matMul(values, weights[weights.length - 2]), weights[weights.length - 1]);
  };
  const trained = trainNetwork(tf, {
    ...prepared,
    where: 'mlp',
    weights: start.flatMap(({ kernel, bias }) => [{ values: kernel, shape: [kernel.length / bias.length, bias.length] }, { values: bias, shape: [bias.length] }]),
    scores,
    params,
    seed: options.seed,
    onIteration,
  });
  return {
    featureNames: [...data.features.names],
    encoder: prepared.encoder,
    network: { activation: params.activation, layers: start.map((_, i) => ({ kernel: trained.weights[2 * i], bias: trained.weights[2 * i + 1] })) },
    training: { backend: tf.getBackend(), epochs: trained.epochs, bestEpoch: trained.bestEpoch },
  };
}
