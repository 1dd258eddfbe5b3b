// Fits the gated recurrent network with TensorFlow.js.
import { createRandom } from '../../numeric/random.js';
import { checkOptions } from '../../trees/option-rules.js';
import type { FitOptions, TrainingData } from '../classifier.js';
import type { GruModel } from './gru.js';
import { glorotUniform, priorOutputLayer } from './initial-weights.js';
import { inputWidth } from './input-encoder.js';
import { batchSequences, prepareNeuralData } from './neural-data.js';
import { GRU_RULES, type GruParams } from './neural-options.js';
import { recurrentState } from './recurrent-state.js';
import { windowStarts } from './sequence-windows.js';
import { refitOnAllRows } from './refit-on-all-rows.js';
import type { Tensor, TensorFlow } from './tensorflow.js';
import { type Dropout, trainNetwork } from './train-network.js';

/** Keeps this stream of random numbers apart from others of the same seed. */
const WEIGHTS = 0x32;

/**
 * The fitted network. Each training row is read with the rows before it (their features alone), as far as the table and its bars
 * reach without a gap; rows of weight zero are read too. Throws BAD_OPTION for options, BAD_DATA for data that cannot be used.
 */
export function fitGru(tf: TensorFlow, data: TrainingData, options: FitOptions): GruModel {
  const checked = checkOptions<GruParams>('gru', GRU_RULES, options.params);
  return refitOnAllRows(checked, options, (params, onIteration) => trainGru(tf, data, options, params, onIteration));
}

function trainGru(tf: TensorFlow, data: TrainingData, options: FitOptions, params: Required<GruParams>, onIteration: FitOptions['onIteration']): GruModel {
  const prepared = prepareNeuralData('gru', data, options, params);
  const { sequenceLength, units } = params;
  const width = inputWidth(prepared.encoder);
  const starts = windowStarts(data.features.length, sequenceLength, data.rows);
  const random = createRandom(options.seed, WEIGHTS);
  const output = priorOutputLayer(units, prepared.classIndexes, prepared.rowWeights, prepared.training);

  const scores = ([kernel, bias, recurrent, outputKernel, outputBias]: readonly Tensor[], batch: Int32Array, dropOut: Dropout): Tensor => {
    const { inputs, masks } = batchSequences(prepared.inputs, width, batch, starts, sequenceLength);
    const projected = tf.add(tf.matMul(tf.tensor(inputs, [sequenceLength * batch.length, width]), kernel), bias);
    const state = recurrentState(tf, { steps: sequenceLength === 1 ? [projected] : tf.split(projected, sequenceLength, 0), masks, recurrent, rows: batch.length, units });
    return tf.add(tf.matMul(dropOut(state, batch.length, units), outputKernel), outputBias);
  };
  const { weights, epochs, bestEpoch } = trainNetwork(tf, {
    ...prepared,
    where: 'gru',
    weights: [
      { values: glorotUniform(width, 3 * units, random), shape: [width, 3 * units] },
      { values: new Float32Array(3 * units), shape: [3 * units] },
      { values: glorotUniform(units, 3 * units, random), shape: [units, 3 * units] },
      { values: output.kernel, shape: [units, 3] },
      { values: output.bias, shape: [3] },
    ],
    scores,
    params,
    seed: options.seed,
    onIteration,
  });
  return {
    featureNames: [...data.features.names],
    encoder: prepared.encoder,
    sequenceLength,
    network: { input: { kernel: weights[0], bias: weights[1] }, recurrentKernel: weights[2], output: { kernel: weights[3], bias: weights[4] } },
    training: { backend: tf.getBackend(), epochs, bestEpoch },
  };
}
