// Models of scikit-learn 1.2.1 and XGBoost 1.7.4, small and on random data, with what those say about them: importances and
// partial dependence. Values of the fixture are as the libraries gave them.
import { readFileSync } from 'node:fs';
import { TreeEnsembleBuilder } from '../../packages/core/src/trees/ensemble/tree-ensemble.js';
import type { TreeEnsemble } from '../../packages/core/src/trees/ensemble/tree-ensemble.js';
import { fixturePath } from './shared.js';

/** Nodes of one tree, by number; -1 (or -2 as a feature) for a leaf. */
interface PeerTree {
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly feature: readonly number[];
  readonly cover: readonly number[];
  readonly threshold?: readonly number[];
  /** scikit-learn: impurity of each node. */
  readonly impurity?: readonly number[];
  /** XGBoost: gain of each split. */
  readonly gain?: readonly number[];
  readonly values?: readonly (readonly number[])[];
}

/** scikit-learn's partial dependence: values of each feature, and averages [outputs][points of the first][points of the second]. */
export interface PeerDependence {
  readonly grid: readonly (readonly number[])[];
  readonly average: readonly unknown[];
}

interface PeerModel<Tree> {
  readonly trees: Tree;
  readonly importances: readonly number[];
  readonly one: PeerDependence;
  readonly two: PeerDependence;
}

interface PeersOf<Tree> {
  /** [features][rows] */
  readonly X: readonly (readonly number[])[];
  /** A classifier of three classes. */
  readonly forest: PeerModel<Tree> & {
    readonly few: PeerDependence;
    readonly ice: { readonly grid: readonly (readonly number[])[]; readonly individual: readonly (readonly (readonly number[])[])[] };
  };
  /** One output. */
  readonly regressor: PeerModel<Tree>;
  readonly xgboost: { readonly trees: Tree; readonly scores: Readonly<Record<string, readonly number[]>> };
}

/** The models of the fixture with their trees as our ensembles. */
export function readPeers(): PeersOf<TreeEnsemble> {
  const { X, forest, regressor, xgboost } = JSON.parse(readFileSync(fixturePath('explanation/peers.json'), 'utf8')) as PeersOf<readonly PeerTree[]>;
  return {
    X,
    forest: { ...forest, trees: ensembleOf(forest.trees, 3) },
    regressor: { ...regressor, trees: ensembleOf(regressor.trees, 1) },
    xgboost: { ...xgboost, trees: ensembleOf(xgboost.trees, 1) },
  };
}

function ensembleOf(trees: readonly PeerTree[], outputs: number): TreeEnsemble {
  const builder = new TreeEnsembleBuilder(outputs);
  for (const { left, right, feature, threshold, cover, impurity, gain, values } of trees) {
    const decrease = (node: number): number => {
      if (impurity === undefined) return gain?.[node] ?? 0;
      return (cover[node] * impurity[node] - cover[left[node]] * impurity[left[node]] - cover[right[node]] * impurity[right[node]]) / cover[0];
    };
    const add = (node: number): void => {
      if (feature[node] < 0) {
        builder.addLeaf(values?.[node] ?? [0], cover[node]);
        return;
      }
      const split = builder.addSplit(feature[node], threshold?.[node] ?? 0, true, cover[node], decrease(node));
      add(left[node]);
      builder.beginRight(split);
      add(right[node]);
    };
    builder.beginTree();
    add(0);
  }
  return builder.build();
}
