// A gated recurrent unit in plain TypeScript: what predicts where no TensorFlow.js is installed. Cho et al. 2014,
// https://arxiv.org/abs/1406.1078, with Keras's layout (gates z, r, candidate) and its `resetAfter: false`.
import { sigmoid, tanh } from './activations.js';
import { applyDense, type DenseLayer } from './dense-layer.js';

export interface GruNetwork {
  /** Kernel [inputs × 3 units] and bias [3 units]. */
  readonly input: DenseLayer;
  /** [units × 3 units], row-major. */
  readonly recurrentKernel: Float32Array;
  /** From the last state to three scores. */
  readonly output: DenseLayer;
}

/** Scores [rows × 3], before softmax. Each row's recurrence runs from `starts[row]` to the row; inputs are [rows × width]. */
export function gruScores({ input, recurrentKernel, output }: GruNetwork, inputs: ArrayLike<number>, starts: Int32Array): Float64Array {
  const rows = starts.length;
  const units = input.bias.length / 3;
  const projected = applyDense(input, inputs, rows);
  const states = new Float64Array(rows * units);
  const gates = new Float64Array(3 * units);
  const reset = new Float64Array(units);
  for (let row = 0; row < rows; row += 1) {
    const state = states.subarray(row * units, (row + 1) * units);
    for (let step = starts[row]; step <= row; step += 1) {
      gates.set(projected.subarray(3 * units * step, 3 * units * (step + 1)));
      addProduct(gates, state, recurrentKernel, 0, 2 * units);
      for (let unit = 0; unit < 2 * units; unit += 1) gates[unit] = sigmoid(gates[unit]);
      for (let unit = 0; unit < units; unit += 1) reset[unit] = gates[units + unit] * state[unit];
      addProduct(gates, reset, recurrentKernel, 2 * units, 3 * units);
      for (let unit = 0; unit < units; unit += 1) {
        const z = gates[unit];
        state[unit] = z * state[unit] + (1 - z) * tanh(gates[2 * units + unit]);
      }
    }
  }
  return applyDense(output, states, rows);
}

/** gates[from..to) += state × the same columns of the recurrent kernel. */
function addProduct(gates: Float64Array, state: Float64Array, recurrentKernel: Float32Array, from: number, to: number): void {
  for (let i = 0; i < state.length; i += 1) {
    const value = state[i];
    const at = 3 * state.length * i;
    for (let gate = from; gate < to; gate += 1) gates[gate] += value * recurrentKernel[at + gate];
  }
}
