// Softmax regression on standardized features as an ONNX model: missing values, standardization, scores.
import { float32Numbers } from './float32-numbers.js';
import type { OnnxNode, OnnxValue } from './onnx-model.js';
import { formatTabularOnnx, ONNX_CLASS_OUTPUTS, ONNX_INPUT } from './tabular-onnx.js';

/** As the document of a logistic model holds it. */
export interface LogisticNumbers {
  /** [features] */
  readonly mean: readonly number[];
  readonly scale: readonly number[];
  /** [classes][features]; null for a class that is never predicted. */
  readonly coefficients: readonly (readonly number[] | null)[];
  /** [classes] */
  readonly intercepts: readonly number[];
}

/** The score of a class that is never predicted: its exponential is 0 beside any other, and sums with it stay finite. */
const NEVER = -1e30;

/** A missing value becomes the training mean, which float32 standardizes to exactly 0. */
export function writeLogisticOnnx(featureNames: readonly string[], { mean, scale, coefficients, intercepts }: LogisticNumbers, labels: readonly number[]): Uint8Array {
  const means = float32Numbers(mean, 'every mean');
  const node = (operator: string, input: string, outputs: readonly string[], attributes: Readonly<Record<string, OnnxValue>>): OnnxNode => ({ operator, domain: 'ai.onnx.ml', inputs: [input], outputs, attributes });
  return formatTabularOnnx({
    kind: 'logistic',
    featureNames,
    labels,
    nodes: [
      node('Imputer', ONNX_INPUT, ['present'], { imputed_value_floats: { floats: means }, replaced_value_float: { float: Number.NaN } }),
      node('Scaler', 'present', ['standardized'], { offset: { floats: means }, scale: { floats: float32Numbers(scale.map((deviation) => 1 / deviation), 'every inverse standard deviation') } }),
      node('LinearClassifier', 'standardized', ONNX_CLASS_OUTPUTS, {
        coefficients: { floats: float32Numbers(coefficients.flatMap((row) => row ?? mean.map(() => 0)), 'every coefficient') },
        intercepts: { floats: float32Numbers(intercepts.map((intercept, k) => (coefficients[k] === null ? NEVER : intercept)), 'every intercept') },
        classlabels_ints: { ints: labels },
        multi_class: { int: 1 },
        post_transform: { text: 'SOFTMAX' },
      }),
    ],
  });
}
