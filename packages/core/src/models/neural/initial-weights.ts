// Where training starts: drawn from our own seeded stream, so that the seed alone decides.
import { log } from '../../numeric/log.js';
import type { Random } from '../../numeric/random.js';
import type { DenseLayer } from './dense-layer.js';

/** Uniform weights of a matrix [inputs × units] with variance 2 / (inputs + units) (Glorot and Bengio 2010). */
export function glorotUniform(inputs: number, units: number, random: Random): Float32Array {
  const limit = Math.sqrt(6 / (inputs + units));
  return Float32Array.from({ length: inputs * units }, () => (2 * random.next() - 1) * limit);
}

/**
 * The output layer from `inputs` values to three scores that gives every row the weighted class shares of the training rows
 * at first: training starts at the prior. A class without weight gets the share 1 / (rows + 3).
 */
export function priorOutputLayer(inputs: number, classIndexes: Uint8Array, weights: Float64Array, rows: Int32Array): DenseLayer {
  const sums = [0, 0, 0];
  for (const row of rows) sums[classIndexes[row]] += weights[row];
  const total = sums[0] + sums[1] + sums[2];
  return { kernel: new Float32Array(3 * inputs), bias: Float32Array.from(sums, (sum) => log(Math.max(sum / total, 1 / (rows.length + 3)))) };
}
