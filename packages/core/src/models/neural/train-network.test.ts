import { expect, it } from 'vitest';
import { loadTfjs } from '../../node/load-tfjs.js';
import { type NetworkTraining, trainNetwork } from './train-network.js';

const tf = await loadTfjs({ backends: ['cpu'] });
const params = { dropout: 0, learningRate: 0.1, weightDecay: 0, batchSize: 2, epochs: 40, patience: 5, validationFraction: 0.1, validationGap: 0, refit: false };
/** Three scores for all rows alike: only the class shares can be learned. */
const job: NetworkTraining = {
  where: 'mlp',
  weights: [{ values: new Float32Array(3), shape: [3] }],
  scores: ([bias], batch) => tf.add(tf.zeros([batch.length, 3]), bias),
  classIndexes: Uint8Array.of(0, 2, 2, 2, 0, 0),
  rowWeights: Float64Array.of(1, 1, 1, 1, 1, 1),
  training: Int32Array.of(0, 1, 2, 3),
  validation: Int32Array.of(),
  params,
  seed: 1,
};

it('finds what makes the training rows most likely, weights counted', () => {
  const [bias] = trainNetwork(tf, { ...job, rowWeights: Float64Array.of(3, 1, 1, 1, 1, 1), params: { ...params, batchSize: 4, epochs: 300, learningRate: 0.02 } }).weights;
  expect(bias[0]).toBeCloseTo(bias[2], 1);
  expect(bias[2] - bias[1]).toBeGreaterThan(3);
});

it('gives the weights of the epoch that is best on the validation rows', () => {
  const trained = trainNetwork(tf, { ...job, validation: Int32Array.of(4, 5) });
  expect(trained.bestEpoch).toBeLessThan(trained.epochs);
  expect(trained.epochs - trained.bestEpoch).toBe(5);
  const again = trainNetwork(tf, { ...job, params: { ...params, epochs: trained.bestEpoch } });
  expect(trained.weights).toEqual(again.weights);
});

it('leaves the initial weights as they were', () => {
  trainNetwork(tf, job);
  expect(job.weights[0].values).toEqual(new Float32Array(3));
});

it('refuses weights that are no numbers any more', () => {
  const scores: NetworkTraining['scores'] = ([bias], batch) => tf.mul(tf.add(tf.zeros([batch.length, 3]), bias), tf.tensor(Float32Array.of(Number.NaN), [1]));
  expect(() => trainNetwork(tf, { ...job, scores })).toThrow(expect.objectContaining({ code: 'BAD_DATA', hint: expect.stringContaining('learningRate') }));
});
