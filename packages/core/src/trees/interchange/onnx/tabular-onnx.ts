// The frame that all our ONNX models share: one table of features in, a label and probabilities (or a prediction) out.
import { formatOnnxModel } from './onnx-model.js';
import type { OnnxNode, OnnxTensor } from './onnx-model.js';

/** Name of the input: float32 [rows × features], NaN where a value is missing. */
export const ONNX_INPUT = 'features';
/** Names of a classifier's outputs: int64 [rows] and float32 [rows × classes]. */
export const ONNX_CLASS_OUTPUTS = ['label', 'probabilities'] as const;
/** Name of a regression's output: float32 [rows × 1]. */
export const ONNX_REGRESSION_OUTPUT = 'prediction';

export interface TabularOnnx {
  /** Kind of model, for the metadata. */
  readonly kind: string;
  readonly featureNames: readonly string[];
  /** Label of each class; undefined for a regression. */
  readonly labels: readonly number[] | undefined;
  readonly nodes: readonly OnnxNode[];
}

/** The model's file. Its metadata hold `kind`, and `feature_names` and `classes` as JSON. */
export function formatTabularOnnx({ kind, featureNames, labels, nodes }: TabularOnnx): Uint8Array {
  const [label, probabilities] = ONNX_CLASS_OUTPUTS;
  const outputs: OnnxTensor[] =
    labels === undefined
      ? [{ name: ONNX_REGRESSION_OUTPUT, type: 'float32', width: 1 }]
      : [{ name: label, type: 'int64' }, { name: probabilities, type: 'float32', width: labels.length }];
  return formatOnnxModel({
    name: kind,
    nodes,
    inputs: [{ name: ONNX_INPUT, type: 'float32', width: featureNames.length }],
    outputs,
    metadata: { kind, feature_names: JSON.stringify(featureNames), ...(labels && { classes: JSON.stringify(labels) }) },
  });
}
