import { expect, it } from 'vitest';
import { batchInputs, batchSequences, prepareNeuralData } from './neural-data.js';

const params = { dropout: 0, learningRate: 0.1, weightDecay: 0, batchSize: 8, epochs: 5, patience: 1, validationFraction: 0.25, validationGap: 1, refit: true };
const data = { features: { names: ['a', 'b'], columns: [Float64Array.of(1, 3, 1, 3, 900, 800, Number.NaN, 700), Float64Array.of(1, Number.NaN, 1, 1, 1, 1, 1, 1)], length: 8 }, labels: Int8Array.of(-1, 0, 1, 1, 0, 0, -1, 1) };

it('fits means, deviations and indicators on the rows that train, not on the gap and the validation rows', () => {
  const { encoder, training, validation, classIndexes, rowWeights } = prepareNeuralData('mlp', { ...data, sampleWeights: Float64Array.of(1, 1, 1, 1, 0, 1, 2, 1) }, { seed: 1, classWeights: [2, 1, 1] }, params);
  expect([[...training], [...validation]]).toEqual([[0, 1, 2, 3], [6, 7]]);
  expect(encoder).toEqual({ mean: Float64Array.of(2, 1), scale: Float64Array.of(1, 1), indicators: [1] });
  expect([...classIndexes]).toEqual([0, 1, 2, 2, 1, 1, 0, 2]);
  expect([...rowWeights]).toEqual([2, 1, 1, 1, 0, 1, 4, 1]);
});

it('takes the rows of a batch in its order', () => {
  expect([...batchInputs(Float32Array.of(1, 2, 3, 4, 5, 6), 2, Int32Array.of(2, 0))]).toEqual([5, 6, 1, 2]);
});

it('takes windows oldest step first, empty before they begin', () => {
  const { inputs, masks } = batchSequences(Float32Array.of(1, 2, 3, 4), 1, Int32Array.of(3, 1), Int32Array.of(0, 0, 0, 2), 3);
  expect([...inputs]).toEqual([0, 0, 3, 1, 4, 2]);
  expect(masks).toEqual([Float32Array.of(0, 0), null, null]);
});
