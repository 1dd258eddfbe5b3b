// What is used of TensorFlow.js, by shape: the packages are optional, are passed in, and their types are not published.

/** A tensor of TensorFlow.js. */
export interface Tensor {
  dataSync(): ArrayLike<number>;
}

/** The exports of TensorFlow.js that training uses, in the form in which it uses them. */
export interface TensorFlow {
  getBackend(): string;
  memory(): { readonly numTensors: number };
  tidy(work: () => void): void;
  tensor(values: Float32Array, shape: number[]): Tensor;
  zeros(shape: number[]): Tensor;
  matMul(a: Tensor, b: Tensor): Tensor;
  add(a: Tensor, b: Tensor): Tensor;
  sub(a: Tensor, b: Tensor): Tensor;
  mul(a: Tensor, b: Tensor): Tensor;
  neg(x: Tensor): Tensor;
  sum(x: Tensor): Tensor;
  relu(x: Tensor): Tensor;
  tanh(x: Tensor): Tensor;
  sigmoid(x: Tensor): Tensor;
  logSoftmax(x: Tensor): Tensor;
  split(x: Tensor, sizes: number[] | number, axis: number): Tensor[];
  valueAndGrads(loss: (...weights: Tensor[]) => Tensor): (weights: Tensor[]) => { readonly value: Tensor; readonly grads: Tensor[] };
}

/**
 * What is passed in: `@tensorflow/tfjs-core`, or tfjs or tfjs-node, which hold its exports. Gradients must be registered, which
 * importing `@tensorflow/tfjs-layers` does, and a backend must be ready (`await tf.ready()`).
 */
export type TensorFlowModule = { readonly [Name in keyof TensorFlow]: (...given: never[]) => unknown };
