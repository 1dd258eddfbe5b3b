import { expect, it } from 'vitest';
import { createRandom } from '../../numeric/random.js';
import { softmaxRows } from '../../numeric/softmax.js';
import { glorotUniform, priorOutputLayer } from './initial-weights.js';

it('draws weights of the variance that Glorot and Bengio ask for, from the seed alone', () => {
  const weights = glorotUniform(100, 60, createRandom(3));
  expect(weights.reduce((sum, value) => sum + value * value, 0) / weights.length).toBeCloseTo(2 / 160, 3);
  expect(Math.max(...weights.map(Math.abs))).toBeLessThanOrEqual(Math.sqrt(6 / 160));
  expect(glorotUniform(100, 60, createRandom(3))).toEqual(weights);
});

it('starts at the weighted class shares of the training rows', () => {
  const { kernel, bias } = priorOutputLayer(4, Uint8Array.of(0, 1, 2, 2, 0), Float64Array.of(1, 2, 1, 1, 99), Int32Array.of(0, 1, 2, 3));
  expect([...kernel]).toEqual(Array.from({ length: 12 }, () => 0));
  softmaxRows(Float64Array.from(bias), 3).forEach((p, k) => expect(p).toBeCloseTo([0.2, 0.4, 0.4][k], 6));
});

it('leaves a class without rows a small share', () => {
  const { bias } = priorOutputLayer(1, Uint8Array.of(0, 0), Float64Array.of(1, 1), Int32Array.of(0, 1));
  expect(Math.exp(bias[1])).toBeCloseTo(1 / 5, 6);
});
