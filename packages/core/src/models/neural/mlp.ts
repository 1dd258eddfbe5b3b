// The multilayer perceptron behind the Classifier interface: stored, restored and predicted without TensorFlow.js.
import { z } from 'zod';
import { softmaxRows } from '../../numeric/softmax.js';
import type { Classifier, ClassifierKind } from '../classifier.js';
import { matchColumns } from '../match-columns.js';
import { corruptModel, readModelDocument } from '../read-model-document.js';
import { encodeInputs, type InputEncoder, inputWidth } from './input-encoder.js';
import { mlpScores, type MlpNetwork } from './mlp-network.js';
import { commonFields, layerSchema, readEncoder, readLayer, type TrainingSummary, writeEncoder, writeLayer } from './neural-document.js';
import { MOST_LAYERS, MOST_UNITS, stopsEarly } from './neural-options.js';
import { refuseToFit } from './refuse-to-fit.js';

/** All that a fitted perceptron is. */
export interface MlpModel {
  readonly featureNames: readonly string[];
  readonly encoder: InputEncoder;
  readonly network: MlpNetwork;
  readonly training: TrainingSummary;
}

const documentSchema = z.object({
  kind: z.literal('mlp'),
  ...commonFields,
  activation: z.enum(['relu', 'tanh']),
  layers: z.array(layerSchema).min(2).max(MOST_LAYERS + 1),
});

/** Restores and predicts without TensorFlow.js; `fit` throws, since that must be passed to createNeuralKinds. `params`: MlpParams. */
export const MLP: ClassifierKind = {
  kind: 'mlp',
  summary: 'Multilayer perceptron over the feature row (TensorFlow.js, optional)',
  needsValidationGap: stopsEarly,
  fit: () => refuseToFit('mlp'),
  restore: (document) => createMlp(readMlp(document)),
};

/** The classifier of a fitted perceptron. */
export function createMlp({ featureNames, encoder, network, training }: MlpModel): Classifier {
  return {
    kind: 'mlp',
    featureNames,
    predictProba: (features) => softmaxRows(mlpScores(network, encodeInputs(encoder, matchColumns(features, featureNames), features.length), features.length), 3),
    serialize: () => ({
      kind: 'mlp',
      version: 1,
      featureNames: [...featureNames],
      ...writeEncoder(encoder),
      activation: network.activation,
      layers: network.layers.map(writeLayer),
      training: { ...training },
    }),
  };
}

function readMlp(document: unknown): MlpModel {
  const fields = readModelDocument('mlp', documentSchema, document);
  const encoder = readEncoder('mlp', fields);
  let inputs = inputWidth(encoder);
  const layers = fields.layers.map((stored, i) => {
    const isLast = i === fields.layers.length - 1;
    const units = stored.bias.length;
    if (isLast ? units !== 3 : units < 1 || units > MOST_UNITS) throw corruptModel('mlp', `\`layers.${i}.bias\` must have ${isLast ? '3' : `1 to ${MOST_UNITS}`} values`);
    const layer = readLayer('mlp', `layers.${i}`, stored, inputs, units);
    inputs = units;
    return layer;
  });
  return { featureNames: fields.featureNames, encoder, network: { activation: fields.activation, layers }, training: fields.training };
}
