import { describe, expect, it } from 'vitest';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { fitClassifier } from '../classifiers.js';
import { sampleProblem } from '../../../../../tests/support/sample-problem.js';
import { loadTfjs } from '../../node/load-tfjs.js';
import { encodeInputs } from './input-encoder.js';
import { gruScores } from './gru-network.js';
import { createNeuralKinds } from './neural-kinds.js';
import { windowStarts } from './sequence-windows.js';

const tf = await loadTfjs({ backends: ['wasm'] });
const layers = await import('@tensorflow/tfjs-layers');
const core = await import('@tensorflow/tfjs-core');
const { gru } = createNeuralKinds(tf);

interface Stored {
  readonly mean: number[];
  readonly scale: number[];
  readonly indicators: number[];
  readonly sequenceLength: number;
  readonly input: { readonly kernel: number[]; readonly bias: number[] };
  readonly recurrentKernel: number[];
  readonly output: { readonly kernel: number[]; readonly bias: number[] };
}

/** The stored network as a model of tfjs-layers over sequences of any length. */
function asLayersModel({ mean, indicators, input, recurrentKernel, output }: Stored): LayersModel {
  const width = mean.length + indicators.length;
  const units = input.bias.length / 3;
  const model = layers.sequential();
  const recurrent = layers.layers.gru({ units, recurrentActivation: 'sigmoid', recurrentInitializer: 'glorotUniform', inputShape: [null, width] as unknown as number[] });
  const dense = layers.layers.dense({ units: 3, activation: 'softmax' });
  model.add(recurrent);
  model.add(dense);
  recurrent.setWeights([core.tensor2d(input.kernel, [width, 3 * units]), core.tensor2d(recurrentKernel, [units, 3 * units]), core.tensor1d(input.bias)]);
  dense.setWeights([core.tensor2d(output.kernel, [units, 3]), core.tensor1d(output.bias)]);
  return model;
}

describe('the recurrent network in plain TypeScript', () => {
  it.each([
    ['one unit, two rows', 1, { units: 1, sequenceLength: 2 }, 0],
    ['the default shape, missing values', 20, {}, 0.1],
    ['long sequences, missing values', 4, { units: 9, sequenceLength: 25 }, 0.3],
    ['one row only', 3, { units: 8, sequenceLength: 1 }, 0],
  ] as const)('gives what tfjs predicts with the same weights, at the head of the table too: %s', (_, features, shape, missing) => {
    const rows = 100;
    const { matrix, classIndexes } = sampleProblem(4, rows, features, { missing });
    const params = { ...shape, patience: 0, epochs: 8, learningRate: 0.05, batchSize: 32 };
    const model = fitClassifier(gru, { features: matrix, labels: Int8Array.from(classIndexes, (index) => index - 1) }, { seed: 5, params });
    const stored = model.serialize() as unknown as Stored;
    const encoder = { mean: Float64Array.from(stored.mean), scale: Float64Array.from(stored.scale), indicators: stored.indicators };
    const inputs = encodeInputs(encoder, matrix.columns, rows);
    const width = inputs.length / rows;
    const oracle = asLayersModel(stored);
    const got = model.predictProba(matrix);
    let largest = 0;
    for (let row = 0; row < rows; row += 1) {
      const from = Math.max(0, row - stored.sequenceLength + 1);
      const window = core.tensor3d(inputs.slice(from * width, (row + 1) * width), [1, row + 1 - from, width]);
      const expected = (oracle.predict(window) as unknown as { dataSync(): Float32Array }).dataSync();
      for (let k = 0; k < 3; k += 1) largest = Math.max(largest, Math.abs(got[3 * row + k] - expected[k]));
    }
    expect(largest).toBeLessThan(1e-6);
    expect(Math.max(...got) - Math.min(...got)).toBeGreaterThan(0.3); // the network says something
  });

  it('forgets what lies before the window', () => {
    const network = { input: { kernel: Float32Array.of(0.5, -1, 2), bias: Float32Array.of(0, 0.1, 0) }, recurrentKernel: Float32Array.of(0.3, 1, -1), output: { kernel: Float32Array.of(1, 2, 3), bias: new Float32Array(3) } };
    const scores = gruScores(network, [9, 1, 2, 3], windowStarts(4, 3));
    expect([...scores.subarray(9)]).toEqual([...gruScores(network, [-5, 1, 2, 3], windowStarts(4, 3)).subarray(9)]);
    expect([...scores.subarray(9)]).toEqual([...gruScores(network, [1, 2, 3], windowStarts(3, 3)).subarray(6)]);
    expect(scores[6]).not.toBe(gruScores(network, [-5, 1, 2, 3], windowStarts(4, 3))[6]);
  });
});
