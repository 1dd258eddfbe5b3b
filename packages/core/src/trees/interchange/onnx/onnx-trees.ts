// Trees as attributes of ONNX's TreeEnsembleClassifier and TreeEnsembleRegressor (ai.onnx.ml, version 3).
// Operators: https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsembleClassifier.html
import { TreeEnsembleBuilder } from '../../ensemble/tree-ensemble.js';
import type { TreeEnsemble } from '../../ensemble/tree-ensemble.js';
import { floorToFloat32 } from '../float32-neighbours.js';
import { float32Numbers } from './float32-numbers.js';
import type { OnnxValue } from './onnx-model.js';

export interface OnnxTreesOptions {
  /** What the operator calls the outputs of leaves. */
  readonly prefix: 'class' | 'target';
  /** Numbers that each leaf of tree `tree` adds; `values` are the leaf's own. */
  readonly leafWeights: (values: Float64Array, tree: number) => readonly LeafWeight[];
}

/** `weight` is added to output `id`. */
export interface LeafWeight {
  readonly id: number;
  readonly weight: number;
}

/** The attributes that describe nodes and leaves. Thresholds are rounded down, so that every float32 takes the same way as in doubles. */
export function onnxTrees(ensemble: TreeEnsemble, { prefix, leafWeights }: OnnxTreesOptions): Record<string, OnnxValue> {
  const { outputs, roots, features, thresholds, rights, missingLeft, values } = ensemble.roots.length > 0 ? ensemble : zeroTree(ensemble.outputs);
  const nodes = features.length;
  const treeIds = new Int32Array(nodes);
  const nodeIds = new Int32Array(nodes);
  const falseIds = new Int32Array(nodes);
  const leaves = { trees: [] as number[], nodes: [] as number[], ids: [] as number[], weights: [] as number[] };
  roots.forEach((root, tree) => {
    const end = tree + 1 < roots.length ? roots[tree + 1] : nodes;
    for (let node = root; node < end; node += 1) {
      treeIds[node] = tree;
      nodeIds[node] = node - root;
      if (features[node] >= 0) falseIds[node] = rights[node] - root;
      else {
        for (const { id, weight } of leafWeights(values.subarray(rights[node], rights[node] + outputs), tree)) {
          leaves.trees.push(tree);
          leaves.nodes.push(node - root);
          leaves.ids.push(id);
          leaves.weights.push(weight);
        }
      }
    }
  });
  const isSplit = (node: number): boolean => features[node] >= 0;
  return {
    nodes_treeids: { ints: treeIds },
    nodes_nodeids: { ints: nodeIds },
    nodes_modes: { texts: Array.from(features, (feature) => (feature >= 0 ? 'BRANCH_LEQ' : 'LEAF')) },
    nodes_featureids: { ints: features.map((feature) => Math.max(0, feature)) },
    nodes_values: { floats: thresholds.map(floorToFloat32) },
    nodes_truenodeids: { ints: nodeIds.map((id, node) => (isSplit(node) ? id + 1 : 0)) },
    nodes_falsenodeids: { ints: falseIds },
    nodes_missing_value_tracks_true: { ints: missingLeft },
    [`${prefix}_treeids`]: { ints: leaves.trees },
    [`${prefix}_nodeids`]: { ints: leaves.nodes },
    [`${prefix}_ids`]: { ints: leaves.ids },
    [`${prefix}_weights`]: { floats: float32Numbers(leaves.weights, 'every leaf value') },
  };
}

/** ONNX wants at least one tree: one leaf that adds nothing. */
function zeroTree(outputs: number): TreeEnsemble {
  const builder = new TreeEnsembleBuilder(outputs);
  builder.beginTree();
  builder.addLeaf(new Float64Array(outputs), 1);
  return builder.build();
}
