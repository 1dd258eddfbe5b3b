// Reads LightGBM's text models, so that our prediction and TreeSHAP can be held against LightGBM's own.
import { TreeEnsembleBuilder } from '../../packages/core/src/trees/ensemble/tree-ensemble.js';
import type { TreeEnsemble } from '../../packages/core/src/trees/ensemble/tree-ensemble.js';

const DEFAULT_LEFT = 2;
const MISSING_IS_NAN = 2;

export interface LightgbmModel {
  readonly featureNames: string[];
  readonly trees: TreeEnsemble;
}

/** Trees of numerical splits only, one number per leaf. */
export function readLightgbmModel(text: string): LightgbmModel {
  const [header, ...blocks] = text.split(/^Tree=\d+$/m);
  const featureNames = field(header, 'feature_names').split(' ');
  const builder = new TreeEnsembleBuilder(1);
  for (const block of blocks) addTree(builder, block);
  return { featureNames, trees: builder.build() };
}

function addTree(builder: TreeEnsembleBuilder, block: string): void {
  const list = (name: string): number[] => field(block, name).split(' ').map(Number);
  const [features, thresholds, decisions, lefts, rights, counts] = ['split_feature', 'threshold', 'decision_type', 'left_child', 'right_child', 'internal_count'].map(list);
  const [leafValues, leafCounts] = ['leaf_value', 'leaf_count'].map(list);
  const add = (node: number): void => {
    if (node < 0) {
      builder.addLeaf([leafValues[~node]], leafCounts[~node]);
      return;
    }
    // without NaN in training, LightGBM reads a missing value as zero
    const isMissingLeft = decisions[node] >> 2 === MISSING_IS_NAN ? (decisions[node] & DEFAULT_LEFT) !== 0 : 0 <= thresholds[node];
    const split = builder.addSplit(features[node], thresholds[node], isMissingLeft, counts[node]);
    add(lefts[node]);
    builder.beginRight(split);
    add(rights[node]);
  };
  builder.beginTree();
  add(0);
}

function field(text: string, name: string): string {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name}=`));
  if (line === undefined) throw new Error(`The LightGBM model has no ${name}.`);
  return line.slice(name.length + 1);
}
