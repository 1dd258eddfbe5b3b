import { describe, expect, it } from 'vitest';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { fitClassifier } from '../classifiers.js';
import { sampleProblem } from '../../../../../tests/support/sample-problem.js';
import { createRandom } from '../../numeric/random.js';
import { loadTfjs } from '../../node/load-tfjs.js';
import { encodeInputs } from './input-encoder.js';
import { mlpScores } from './mlp-network.js';
import { createNeuralKinds } from './neural-kinds.js';

const tf = await loadTfjs({ backends: ['wasm'] });
const layers = await import('@tensorflow/tfjs-layers');
const core = await import('@tensorflow/tfjs-core');
const { mlp } = createNeuralKinds(tf);

interface Stored {
  readonly mean: number[];
  readonly scale: number[];
  readonly indicators: number[];
  readonly activation: 'relu' | 'tanh';
  readonly layers: readonly { readonly kernel: number[]; readonly bias: number[] }[];
}

/** The stored perceptron as a model of tfjs-layers. */
function asLayersModel(stored: Stored): LayersModel {
  const model = layers.sequential();
  let inputs = stored.mean.length + stored.indicators.length;
  stored.layers.forEach(({ kernel, bias }, i) => {
    const isLast = i === stored.layers.length - 1;
    const layer = layers.layers.dense({ units: bias.length, activation: isLast ? 'softmax' : stored.activation, inputShape: [inputs] });
    model.add(layer);
    layer.setWeights([core.tensor2d(kernel, [inputs, bias.length]), core.tensor1d(bias)]);
    inputs = bias.length;
  });
  return model;
}

describe('the perceptron in plain TypeScript', () => {
  it.each([
    ['two features, one layer', 2, { hiddenSizes: [3] }, 0],
    ['the default shape, missing values', 20, {}, 0.1],
    ['tanh, three layers, missing values', 7, { hiddenSizes: [12, 8, 5], activation: 'tanh' }, 0.3],
    ['wide layers', 5, { hiddenSizes: [128, 64] }, 0.05],
  ] as const)('gives what tfjs predicts with the same weights: %s', (_, width, shape, missing) => {
    const { matrix, classIndexes } = sampleProblem(3, 400, width, { missing });
    const model = fitClassifier(mlp, { features: matrix, labels: Int8Array.from(classIndexes, (index) => index - 1) }, { seed: 5, params: { ...shape, patience: 0, epochs: 15, learningRate: 0.01 } });
    const stored = model.serialize() as unknown as Stored;
    const encoder = { mean: Float64Array.from(stored.mean), scale: Float64Array.from(stored.scale), indicators: stored.indicators };
    const inputs = encodeInputs(encoder, matrix.columns, 400);
    const expected = (asLayersModel(stored).predict(core.tensor2d(inputs, [400, inputs.length / 400])) as unknown as { dataSync(): Float32Array }).dataSync();
    const got = model.predictProba(matrix);
    expect(Math.max(...got.map((p, i) => Math.abs(p - expected[i])))).toBeLessThan(1e-6);
    expect(Math.max(...got) - Math.min(...got)).toBeGreaterThan(0.5); // the network says something
  });

  it('adds up by hand', () => {
    const network = {
      activation: 'relu',
      layers: [
        { kernel: Float32Array.of(1, -1, 2, 0.5), bias: Float32Array.of(0, 1) },
        { kernel: Float32Array.of(1, 0, -1, 0, 2, 1), bias: Float32Array.of(0.5, 0, 0) },
      ],
    } as const;
    // hidden: relu(1·3 + 2·-2) = 0, relu(-1·3 + 0.5·-2 + 1) = 0; then relu(3 + 4) = 7, relu(-3 + 1 + 1) = 0
    expect([...mlpScores(network, [3, -2, 3, 2], 2)]).toEqual([0.5, 0, 0, 7.5, 0, -7]);
  });

  it('does not depend on the rows beside a row', () => {
    const random = createRandom(2);
    const draw = (length: number): Float32Array => Float32Array.from({ length }, () => random.normal());
    const network = { activation: 'tanh', layers: [{ kernel: draw(12), bias: draw(4) }, { kernel: draw(12), bias: draw(3) }] } as const;
    const inputs = draw(30);
    expect([...mlpScores(network, inputs.subarray(12, 15), 1)]).toEqual([...mlpScores(network, inputs, 10).subarray(12, 15)]);
  });
});
