import { expect, it } from 'vitest';
import { loadTfjs } from '../../node/load-tfjs.js';
import { createRandom } from '../../numeric/random.js';
import { createAdamW } from './adam-w.js';

it('steps as the Adam of tfjs without decay', async () => {
  await loadTfjs({ backends: ['cpu'] });
  const core = await import('@tensorflow/tfjs-core');
  const random = createRandom(1);
  const ours = [Float32Array.of(0.5, -1, 2), Float32Array.of(0.1)];
  const theirs = ours.map((values) => core.variable(core.tensor1d([...values])));
  const takeStep = createAdamW({ learningRate: 0.01, weightDecay: 0, decays: [true, false] });
  const adam = core.train.adam(0.01, 0.9, 0.999, 1e-8);
  for (let step = 0; step < 20; step += 1) {
    const gradients = ours.map((values) => Float32Array.from(values, () => random.normal()));
    takeStep(ours, gradients);
    adam.applyGradients(theirs.map(({ name }, i) => ({ name, tensor: core.tensor1d(gradients[i]) })));
  }
  ours.forEach((values, i) => theirs[i].dataSync().forEach((value, at) => expect(values[at]).toBeCloseTo(value, 5)));
  expect(ours[0][0]).not.toBeCloseTo(0.5, 2);
});

it('shrinks the arrays that decay, beside the gradient', () => {
  const weights = [Float32Array.of(1), Float32Array.of(1)];
  createAdamW({ learningRate: 0.1, weightDecay: 0.5, decays: [true, false] })(weights, [[0], [0]]);
  expect(weights.map(([value]) => value)).toEqual([Math.fround(0.95), 1]);
});
