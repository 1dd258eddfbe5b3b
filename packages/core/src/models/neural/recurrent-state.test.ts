import { expect, it } from 'vitest';
import { loadTfjs } from '../../node/load-tfjs.js';
import { createRandom } from '../../numeric/random.js';
import { applyDense } from './dense-layer.js';
import { gruScores } from './gru-network.js';
import { batchSequences } from './neural-data.js';
import { recurrentState } from './recurrent-state.js';

const [rows, width, units, steps] = [7, 3, 4, 5];

it('is the recurrence of prediction, also for windows that begin late', async () => {
  const tf = await loadTfjs({ backends: ['cpu'] });
  const random = createRandom(1);
  const draw = (length: number): Float32Array => Float32Array.from({ length }, () => random.normal());
  const inputs = draw(rows * width);
  const input = { kernel: draw(width * 3 * units), bias: draw(3 * units) };
  const recurrentKernel = draw(units * 3 * units);
  const starts = Int32Array.of(0, 0, 0, 3, 3, 3, 3); // shorter at the head, and begun anew at row 3
  const batch = Int32Array.of(6, 0, 4, 2, 5);
  const sequences = batchSequences(inputs, width, batch, starts, steps);
  const projected = Float32Array.from(applyDense(input, sequences.inputs, steps * batch.length));
  let states: number[] = [];
  tf.tidy(() => {
    const parts = tf.split(tf.tensor(projected, [steps * batch.length, 3 * units]), steps, 0);
    states = Array.from(recurrentState(tf, { steps: parts, masks: sequences.masks, recurrent: tf.tensor(recurrentKernel, [units, 3 * units]), rows: batch.length, units }).dataSync());
  });
  // an output layer that shows the first three units
  const output = { kernel: Float32Array.from({ length: units * 3 }, (_, i) => (i % 3 === (i - (i % 3)) / 3 ? 1 : 0)), bias: new Float32Array(3) };
  const expected = gruScores({ input, recurrentKernel, output }, inputs, starts);
  batch.forEach((row, i) => {
    for (let unit = 0; unit < 3; unit += 1) expect(states[units * i + unit]).toBeCloseTo(expected[3 * row + unit], 6);
  });
});
