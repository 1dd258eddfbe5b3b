// What the documents of both networks share: the encoder, flat weights, how training went; and their checks as hostile input.
import { z } from 'zod';
import type { ModelDocument } from '../classifier.js';
import { corruptModel, featureNamesSchema } from '../read-model-document.js';
import type { DenseLayer } from './dense-layer.js';
import type { InputEncoder } from './input-encoder.js';
import { LARGEST_WEIGHT } from './train-network.js';

/** How training went: for the record. */
export interface TrainingSummary {
  /** Backend of TensorFlow.js: the same data, options and seed give the same model on the same backend. */
  readonly backend: string;
  /** Epochs trained, and the one whose weights these are; 0 is the start, which gives class shares. */
  readonly epochs: number;
  readonly bestEpoch: number;
}

const count = z.number().int().min(0).max(10_000);
/** Flat weights. */
export const weightsSchema: z.ZodType<number[]> = z.array(z.number().min(-LARGEST_WEIGHT).max(LARGEST_WEIGHT));

/** A layer: `kernel` [inputs × units], row-major, and `bias` [units]. */
export const layerSchema: z.ZodType<StoredLayer> = z.object({ kernel: weightsSchema, bias: weightsSchema });

/** The fields that both documents have besides kind and weights. */
export const commonFields = {
  version: z.literal(1),
  featureNames: featureNamesSchema,
  mean: z.array(z.number()),
  scale: z.array(z.number().positive()),
  indicators: z.array(count),
  training: z.object({ backend: z.string().max(50), epochs: count, bestEpoch: count }),
};

interface StoredLayer {
  readonly kernel: number[];
  readonly bias: number[];
}

/** The encoder of a document that its schema accepts. Throws CORRUPT when lengths or indicators do not fit the features. */
export function readEncoder(kind: ModelDocument['kind'], fields: { featureNames: string[]; mean: number[]; scale: number[]; indicators: number[] }): InputEncoder {
  const features = fields.featureNames.length;
  if (fields.mean.length !== features || fields.scale.length !== features) throw corruptModel(kind, `\`mean\` and \`scale\` must have ${features} values`);
  const isAscending = fields.indicators.every((feature, i) => feature < features && (i === 0 || feature > fields.indicators[i - 1]));
  if (!isAscending) throw corruptModel(kind, `\`indicators\` must be ascending features from 0 to ${features - 1}`);
  return { mean: Float64Array.from(fields.mean), scale: Float64Array.from(fields.scale), indicators: fields.indicators };
}

/** Weights as float32. Throws CORRUPT unless there are `length` of them and each is a float32 already. */
export function readWeights(kind: ModelDocument['kind'], name: string, stored: readonly number[], length: number): Float32Array {
  if (stored.length !== length) throw corruptModel(kind, `\`${name}\` must have ${length} weights, it has ${stored.length}`);
  const wrong = stored.findIndex((value) => Math.fround(value) !== value);
  if (wrong >= 0) throw corruptModel(kind, `\`${name}.${wrong}\` is no float32`);
  return Float32Array.from(stored);
}

/** A layer of `inputs` × `units` weights. Throws CORRUPT as readWeights does. */
export function readLayer(kind: ModelDocument['kind'], name: string, stored: StoredLayer, inputs: number, units: number): DenseLayer {
  return { kernel: readWeights(kind, `${name}.kernel`, stored.kernel, inputs * units), bias: readWeights(kind, `${name}.bias`, stored.bias, units) };
}

/** Weights as numbers of JSON, each printed exactly; -0 becomes 0, which JSON would do as well. */
export function writeWeights(values: Float32Array): number[] {
  return Array.from(values, (value) => value + 0);
}

/** The layer as JSON holds it. */
export function writeLayer({ kernel, bias }: DenseLayer): StoredLayer {
  return { kernel: writeWeights(kernel), bias: writeWeights(bias) };
}

/** The encoder's fields as JSON holds them. */
export function writeEncoder({ mean, scale, indicators }: InputEncoder): { mean: number[]; scale: number[]; indicators: number[] } {
  return { mean: Array.from(mean), scale: Array.from(scale), indicators: [...indicators] };
}

