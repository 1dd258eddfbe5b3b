// A layer in which every input feeds every unit, with Keras's layout of weights; double arithmetic on float32 weights.

export interface DenseLayer {
  /** [inputs × units], row-major. */
  readonly kernel: Float32Array;
  /** [units] */
  readonly bias: Float32Array;
}

/** inputs [rows × width] × kernel + bias: [rows × units], row-major. The order of the sums does not depend on the rows. */
export function applyDense({ kernel, bias }: DenseLayer, inputs: ArrayLike<number>, rows: number): Float64Array {
  const units = bias.length;
  const width = kernel.length / units;
  const outputs = new Float64Array(rows * units);
  for (let row = 0; row < rows; row += 1) {
    const at = row * units;
    outputs.set(bias, at);
    for (let i = 0; i < width; i += 1) {
      const value = inputs[row * width + i];
      const from = i * units;
      for (let unit = 0; unit < units; unit += 1) outputs[at + unit] += value * kernel[from + unit];
    }
  }
  return outputs;
}
