// Boosted trees and forests as ONNX models: one operator adds the trees up.
import type { TreeEnsemble } from '../../ensemble/tree-ensemble.js';
import type { Forest } from '../../forest/forest.js';
import type { BoostedTrees } from '../../boosting/boosting.js';
import { float32Numbers } from './float32-numbers.js';
import type { OnnxNode } from './onnx-model.js';
import { onnxTrees } from './onnx-trees.js';
import type { OnnxTreesOptions } from './onnx-trees.js';
import { formatTabularOnnx, ONNX_CLASS_OUTPUTS, ONNX_INPUT, ONNX_REGRESSION_OUTPUT } from './tabular-onnx.js';

interface TreeSums {
  /** [outputs] */
  readonly start: ArrayLike<number>;
  readonly transform: 'SOFTMAX' | 'NONE';
  readonly leafWeights: OnnxTreesOptions['leafWeights'];
}

/** Boosted trees: probabilities are the softmax of the scores; of a binary model, of 0 and its score, which is the sigmoid. */
export function writeBoostedOnnx(featureNames: readonly string[], model: BoostedTrees, labels: readonly number[]): Uint8Array {
  const start = float32Numbers(model.start, 'every start score');
  const scores = start.length;
  const { trees, objective } = model;
  if (objective === 'regression') {
    const sums: TreeSums = { start, transform: 'NONE', leafWeights: ([weight]) => [{ id: 0, weight }] };
    return formatTabularOnnx({ kind: 'gbdt', featureNames, labels: undefined, nodes: [regressor(trees, sums, ONNX_REGRESSION_OUTPUT)] });
  }
  const isBinary = objective === 'binary';
  const nodes = classifierNodes(trees, labels, {
    start: isBinary ? [0, start[0]] : start,
    transform: 'SOFTMAX',
    leafWeights: ([weight], tree) => [{ id: isBinary ? 1 : tree % scores, weight }],
  });
  return formatTabularOnnx({ kind: 'gbdt', featureNames, labels, nodes });
}

/** A forest: probabilities are the means of the leaves' class shares. */
export function writeForestOnnx(featureNames: readonly string[], { trees }: Forest, labels: readonly number[]): Uint8Array {
  const count = Math.max(1, trees.roots.length);
  const leafWeights: TreeSums['leafWeights'] = (shares) => Array.from(shares, (share, id) => ({ id, weight: share / count }));
  const nodes = classifierNodes(trees, labels, { start: labels.map(() => 0), transform: 'NONE', leafWeights });
  return formatTabularOnnx({ kind: 'random-forest', featureNames, labels, nodes });
}

function classifierNodes(trees: TreeEnsemble, labels: readonly number[], sums: TreeSums): OnnxNode[] {
  if (labels.length === 2) return twoClassNodes(trees, labels, sums);
  const attributes = { ...onnxTrees(trees, { prefix: 'class', leafWeights: sums.leafWeights }), base_values: { floats: sums.start }, post_transform: { text: sums.transform }, classlabels_int64s: { ints: labels } };
  return [{ operator: 'TreeEnsembleClassifier', domain: 'ai.onnx.ml', inputs: [ONNX_INPUT], outputs: ONNX_CLASS_OUTPUTS, attributes }];
}

/** Of two classes onnxruntime's classifier adds up one alone, and takes its label from whether that is above 0: a regressor has no such rules. */
function twoClassNodes(trees: TreeEnsemble, labels: readonly number[], sums: TreeSums): OnnxNode[] {
  const [label, probabilities] = ONNX_CLASS_OUTPUTS;
  return [
    regressor(trees, sums, probabilities),
    { operator: 'ArgMax', domain: '', inputs: [probabilities], outputs: ['class'], attributes: { axis: { int: 1 }, keepdims: { int: 0 } } },
    { operator: 'Constant', domain: '', inputs: [], outputs: ['labels'], attributes: { value_ints: { ints: labels } } },
    { operator: 'Gather', domain: '', inputs: ['labels', 'class'], outputs: [label], attributes: {} },
  ];
}

function regressor(trees: TreeEnsemble, { start, transform, leafWeights }: TreeSums, output: string): OnnxNode {
  const attributes = { ...onnxTrees(trees, { prefix: 'target', leafWeights }), n_targets: { int: start.length }, aggregate_function: { text: 'SUM' }, base_values: { floats: start }, post_transform: { text: transform } };
  return { operator: 'TreeEnsembleRegressor', domain: 'ai.onnx.ml', inputs: [ONNX_INPUT], outputs: [output], attributes };
}
