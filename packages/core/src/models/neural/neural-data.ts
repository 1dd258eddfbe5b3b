// Training data as the networks take them: checked, encoded, weighted, and cut into batches.
import { checkTrainingData } from '../check-training-data.js';
import type { FitOptions, TrainingData } from '../classifier.js';
import { effectiveWeights } from '../effective-weights.js';
import { encodeInputs, fitInputEncoder, type InputEncoder } from './input-encoder.js';
import type { NeuralTrainingParams } from './neural-options.js';
import { cutValidationTail, type ValidationTail } from './validation-tail.js';

export interface NeuralData extends ValidationTail {
  readonly encoder: InputEncoder;
  /** [rows × width], row-major. */
  readonly inputs: Float32Array;
  /** [rows] 0, 1 or 2. */
  readonly classIndexes: Uint8Array;
  /** [rows] sample weight times class weight. */
  readonly rowWeights: Float64Array;
}

/**
 * Checks and encodes. Means, deviations and missing values are those of the rows that train, not of the validation rows (sample
 * weights counted, class weights not). Throws BAD_DATA for data that cannot be used, BAD_OPTION for class weights.
 */
export function prepareNeuralData(where: string, data: TrainingData, options: FitOptions, params: Required<NeuralTrainingParams>): NeuralData {
  checkTrainingData(where, data);
  const { names, columns, length } = data.features;
  const rowWeights = effectiveWeights(data, options);
  const tail = cutValidationTail(where, rowWeights, params, data);
  const scalerWeights = new Float64Array(length);
  for (const row of tail.training) scalerWeights[row] = data.sampleWeights?.[row] ?? 1;
  const encoder = fitInputEncoder(names, columns, scalerWeights);
  return { ...tail, encoder, inputs: encodeInputs(encoder, columns, length), classIndexes: Uint8Array.from(data.labels, (label) => label + 1), rowWeights };
}

/** The inputs of the rows at the positions `batch`: [batch × width]. */
export function batchInputs(inputs: Float32Array, width: number, batch: Int32Array): Float32Array {
  const taken = new Float32Array(batch.length * width);
  batch.forEach((row, i) => taken.set(inputs.subarray(row * width, (row + 1) * width), i * width));
  return taken;
}

/**
 * The windows of the rows at the positions `batch`: inputs [steps × batch × width], oldest step first, zero before a window begins;
 * masks [steps] of [batch], 0 there and 1 elsewhere, or null where every window has begun.
 */
export function batchSequences(inputs: Float32Array, width: number, batch: Int32Array, starts: Int32Array, steps: number): { readonly inputs: Float32Array; readonly masks: (Float32Array | null)[] } {
  const taken = new Float32Array(steps * batch.length * width);
  const masks: (Float32Array | null)[] = [];
  for (let step = 0; step < steps; step += 1) {
    const mask = new Float32Array(batch.length);
    batch.forEach((last, i) => {
      const row = last - steps + 1 + step;
      if (row < starts[last]) return;
      mask[i] = 1;
      taken.set(inputs.subarray(row * width, (row + 1) * width), (step * batch.length + i) * width);
    });
    masks.push(mask.includes(0) ? mask : null);
  }
  return { inputs: taken, masks };
}
