import { describe, expect, it } from 'vitest';
import { restoreClassifier } from '../classifiers.js';
import { readWeights, writeWeights } from './neural-document.js';

const common = { version: 1, featureNames: ['a', 'b'], mean: [0, 1], scale: [1, 2], indicators: [1], training: { backend: 'wasm', epochs: 3, bestEpoch: 2 } };
const zeros = (length: number): number[] => Array.from({ length }, () => 0);
const layer = (inputs: number, units: number): { kernel: number[]; bias: number[] } => ({ kernel: zeros(inputs * units), bias: zeros(units) });
const mlp = { kind: 'mlp', ...common, activation: 'relu', layers: [layer(3, 4), layer(4, 3)] };
const gru = { kind: 'gru', ...common, sequenceLength: 5, input: layer(3, 12), recurrentKernel: zeros(48), output: layer(4, 3) };
const restored = (document: object) => () => restoreClassifier(document);
const corrupt = (reason: string | RegExp) => expect.objectContaining({ code: 'CORRUPT', message: expect.stringMatching(reason) });

it('prints float32 weights exactly', () => {
  const weights = Float32Array.of(0.1, -1 / 3, 1e-45, 3e38, -0);
  const again = readWeights('mlp', 'kernel', JSON.parse(JSON.stringify(writeWeights(weights))) as number[], 5);
  expect(again).toEqual(Float32Array.of(0.1, -1 / 3, 1e-45, 3e38, 0));
});

describe('a stored network is hostile input', () => {
  it('is read when all is well', () => {
    for (const document of [mlp, gru]) {
      const model = restoreClassifier(document);
      expect([...model.predictProba({ names: ['a', 'b'], columns: [Float64Array.of(Number.NaN), Float64Array.of(Infinity)], length: 1 })]).toEqual([1 / 3, 1 / 3, 1 / 3]);
      expect(model.serialize()).toEqual(document);
    }
    expect(restoreClassifier(gru).contextRows).toBe(4);
    expect(restoreClassifier(mlp).contextRows).toBeUndefined();
  });

  it.each([
    ['a mean too few', { mean: [0] }, '`mean` and `scale` must have 2 values'],
    ['a deviation of zero', { scale: [1, 0] }, 'scale.1'],
    ['an indicator of no feature', { indicators: [2] }, '`indicators` must be ascending features from 0 to 1'],
    ['an indicator twice', { indicators: [1, 1] }, '`indicators` must be ascending'],
    ['one more indicator than weights', { indicators: [0, 1] }, 'must have (16|48) weights, it has (12|36)'],
    ['a newer version', { version: 2 }, 'version'],
    ['features twice', { featureNames: ['a', 'a'] }, 'unique'],
    ['no summary of training', { training: undefined }, 'training'],
  ])('%s', (_, change, reason) => {
    expect(restored({ ...mlp, ...change })).toThrow(corrupt(reason));
    expect(restored({ ...gru, ...change })).toThrow(corrupt(reason));
  });

  it.each([
    ['an unknown activation', { activation: 'eval' }, 'activation'],
    ['no hidden layer', { layers: [layer(3, 3)] }, 'layers'],
    ['too many layers', { layers: [layer(3, 3), ...Array.from({ length: 6 }, () => layer(3, 3))] }, 'layers'],
    ['four classes', { layers: [layer(3, 4), layer(4, 4)] }, '`layers.1.bias` must have 3 values'],
    ['a layer without units', { layers: [layer(3, 0), layer(0, 3)] }, '`layers.0.bias` must have 1 to 512 values'],
    ['a layer too wide', { layers: [layer(3, 513), layer(513, 3)] }, '`layers.0.bias` must have 1 to 512 values'],
    ['a weight too few', { layers: [layer(3, 4), { ...layer(4, 3), kernel: zeros(11) }] }, '`layers.1.kernel` must have 12 weights, it has 11'],
    ['a weight that is no float32', { layers: [{ ...layer(3, 4), bias: [0, 0.1, 0, 0] }, layer(4, 3)] }, '`layers.0.bias.1` is no float32'],
    ['a weight beyond bounds', { layers: [{ ...layer(3, 4), bias: [0, 1e31, 0, 0] }, layer(4, 3)] }, 'layers.0.bias.1'],
  ])('mlp: %s', (_, change, reason) => {
    expect(restored({ ...mlp, ...change })).toThrow(corrupt(reason));
  });

  it.each([
    ['a sequence too long', { sequenceLength: 501 }, 'sequenceLength'],
    ['no row to look at', { sequenceLength: 0 }, 'sequenceLength'],
    ['two thirds of a unit', { input: layer(3, 11) }, '`input.bias` must have three values for each of 1 to 512 units'],
    ['no unit', { input: layer(3, 0), recurrentKernel: [], output: layer(0, 3) }, '`input.bias` must have three values'],
    ['a recurrent weight too few', { recurrentKernel: zeros(47) }, '`recurrentKernel` must have 48 weights, it has 47'],
    ['a recurrent weight that is text', { recurrentKernel: [...zeros(47), '0'] }, 'recurrentKernel.47'],
    ['an output for other units', { output: layer(5, 3) }, '`output.kernel` must have 12 weights, it has 15'],
  ])('gru: %s', (_, change, reason) => {
    expect(restored({ ...gru, ...change })).toThrow(corrupt(reason));
  });
});
