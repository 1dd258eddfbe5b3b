// The gated recurrent network behind the Classifier interface: stored, restored and predicted without TensorFlow.js.
import { z } from 'zod';
import { softmaxRows } from '../../numeric/softmax.js';
import type { Classifier, ClassifierKind } from '../classifier.js';
import { matchColumns } from '../match-columns.js';
import { corruptModel, readModelDocument } from '../read-model-document.js';
import { gruScores, type GruNetwork } from './gru-network.js';
import { encodeInputs, type InputEncoder, inputWidth } from './input-encoder.js';
import { commonFields, layerSchema, readEncoder, readLayer, readWeights, type TrainingSummary, weightsSchema, writeEncoder, writeLayer, writeWeights } from './neural-document.js';
import { LONGEST_SEQUENCE, MOST_UNITS, stopsEarly } from './neural-options.js';
import { refuseToFit } from './refuse-to-fit.js';
import { windowStarts } from './sequence-windows.js';

/** All that a fitted recurrent network is. */
export interface GruModel {
  readonly featureNames: readonly string[];
  readonly encoder: InputEncoder;
  /** Rows that a prediction looks at, its own included. */
  readonly sequenceLength: number;
  readonly network: GruNetwork;
  readonly training: TrainingSummary;
}

const documentSchema = z.object({
  kind: z.literal('gru'),
  ...commonFields,
  sequenceLength: z.number().int().min(1).max(LONGEST_SEQUENCE),
  input: layerSchema,
  recurrentKernel: weightsSchema,
  output: layerSchema,
});

/**
 * Restores and predicts without TensorFlow.js; `fit` throws, since that must be passed to createNeuralKinds. `params`: GruParams.
 * A prediction reads its row and the `contextRows` before it; at the head of the table, those that there are.
 */
export const GRU: ClassifierKind = {
  kind: 'gru',
  summary: 'Gated recurrent network over the last rows (TensorFlow.js, optional)',
  needsValidationGap: stopsEarly,
  fit: () => refuseToFit('gru'),
  restore: (document) => createGru(readGru(document)),
};

/** The classifier of a fitted recurrent network. */
export function createGru({ featureNames, encoder, sequenceLength, network, training }: GruModel): Classifier {
  return {
    kind: 'gru',
    featureNames,
    contextRows: sequenceLength - 1,
    predictProba(features) {
      const inputs = encodeInputs(encoder, matchColumns(features, featureNames), features.length);
      return softmaxRows(gruScores(network, inputs, windowStarts(features.length, sequenceLength)), 3);
    },
    serialize: () => ({
      kind: 'gru',
      version: 1,
      featureNames: [...featureNames],
      ...writeEncoder(encoder),
      sequenceLength,
      input: writeLayer(network.input),
      recurrentKernel: writeWeights(network.recurrentKernel),
      output: writeLayer(network.output),
      training: { ...training },
    }),
  };
}

function readGru(document: unknown): GruModel {
  const fields = readModelDocument('gru', documentSchema, document);
  const encoder = readEncoder('gru', fields);
  const units = fields.input.bias.length / 3;
  if (!Number.isInteger(units) || units < 1 || units > MOST_UNITS) throw corruptModel('gru', `\`input.bias\` must have three values for each of 1 to ${MOST_UNITS} units`);
  const network: GruNetwork = {
    input: readLayer('gru', 'input', fields.input, inputWidth(encoder), 3 * units),
    recurrentKernel: readWeights('gru', 'recurrentKernel', fields.recurrentKernel, 3 * units * units),
    output: readLayer('gru', 'output', fields.output, units, 3),
  };
  return { featureNames: fields.featureNames, encoder, sequenceLength: fields.sequenceLength, network, training: fields.training };
}
