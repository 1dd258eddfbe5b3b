// The recurrence of the gated recurrent network in operations of TensorFlow.js, which differentiates it; gru-network.ts is the same
// in plain TypeScript.
import type { Tensor, TensorFlow } from './tensorflow.js';

export interface Recurrence {
  /** [steps] of [rows × 3 units]: projected inputs, oldest first. */
  readonly steps: readonly Tensor[];
  /** [steps] of [rows]: 0 where a row's window has not begun; null where all have. */
  readonly masks: readonly (Float32Array | null)[];
  /** [units × 3 units] */
  readonly recurrent: Tensor;
  readonly rows: number;
  readonly units: number;
}

/** The state [rows × units] after the last step. A state stays 0 until its row's window begins. */
export function recurrentState(tf: TensorFlow, { steps, masks, recurrent, rows, units }: Recurrence): Tensor {
  const [gateKernel, candidateKernel] = tf.split(recurrent, [2 * units, units], 1);
  let state = tf.zeros([rows, units]);
  steps.forEach((projected, step) => {
    const [projectedGates, projectedCandidate] = tf.split(projected, [2 * units, units], 1);
    const [z, r] = tf.split(tf.sigmoid(tf.add(projectedGates, tf.matMul(state, gateKernel))), 2, 1);
    const candidate = tf.tanh(tf.add(projectedCandidate, tf.matMul(tf.mul(r, state), candidateKernel)));
    state = tf.add(candidate, tf.mul(z, tf.sub(state, candidate)));
    const mask = masks[step];
    if (mask !== null) state = tf.mul(state, tf.tensor(mask, [rows, 1]));
  });
  return state;
}
