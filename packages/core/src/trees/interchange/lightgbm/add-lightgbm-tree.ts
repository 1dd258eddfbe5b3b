// One tree block of LightGBM's text format. Splits and leaves are numbered apart there: child c >= 0 is split c, else leaf ~c.
import { ABOVE_ALL } from '../../ensemble/tree-ensemble.js';
import type { TreeEnsembleBuilder } from '../../ensemble/tree-ensemble.js';
import { addLinkedTree } from '../linked-tree.js';
import type { LinkedTree } from '../linked-tree.js';
import { LARGEST_GAIN, LARGEST_LEAF, MAX_MODEL_NODES } from '../model-limits.js';
import { damagedModelFile, unsupportedModelFile } from '../refuse-model-file.js';
import { lightgbmSplit } from './lightgbm-split.js';
import type { LightgbmFields } from './lightgbm-text.js';
import { integersFrom, numbersFrom, readNumber, readNumbers } from './read-numbers.js';

const COUNTS = integersFrom(0, 2 ** 31 - 1);
/** `inf` stands where only missing values go right. */
const THRESHOLDS = numbersFrom(-Number.MAX_VALUE, Infinity);
const GAINS = numbersFrom(-LARGEST_GAIN, LARGEST_GAIN);
const LEAF_VALUES = numbersFrom(-LARGEST_LEAF, LARGEST_LEAF);

export interface LightgbmTreeOptions {
  /** As in messages: `tree 3`. */
  readonly place: string;
  /** Number of features. */
  readonly width: number;
  /** What leaf values are multiplied by. They hold the learning rate already: `shrinkage` only records it. */
  readonly scale: number;
}

/** Adds the tree. Throws CORRUPT, and BAD_FILE for categorical splits and linear leaves. */
export function addLightgbmTree(builder: TreeEnsembleBuilder, fields: LightgbmFields, { place, width, scale }: LightgbmTreeOptions): void {
  const leaves = readNumber(fields, 'num_leaves', place, integersFrom(1, MAX_MODEL_NODES / 2));
  if (fields.has('num_cat') && readNumber(fields, 'num_cat', place, COUNTS) > 0) {
    throw unsupportedModelFile('LightGBM', `${place} has categorical splits`, 'Train it with numbers for categories, without `categorical_feature`.');
  }
  if (fields.has('is_linear') && readNumber(fields, 'is_linear', place, COUNTS) > 0) {
    throw unsupportedModelFile('LightGBM', `${place} is a linear tree`, 'Train it without `linear_tree`.');
  }
  const values = readNumbers(fields, 'leaf_value', place, leaves, LEAF_VALUES).map((value) => value * scale);
  // LightGBM writes no counts, or 0, for a tree that is one leaf
  const covers = leaves === 1 ? Float64Array.of(1) : readNumbers(fields, 'leaf_count', place, leaves, COUNTS);
  addLinkedTree(builder, linkTree(fields, place, width, values, covers), width, (reason) => damagedModelFile('LightGBM', `${place}: ${reason}`));
}

/** Splits first, then leaves. */
function linkTree(fields: LightgbmFields, place: string, width: number, values: Float64Array, covers: Float64Array): LinkedTree {
  const leaves = values.length;
  const splits = leaves - 1;
  const list = (name: string, rule: typeof COUNTS): Float64Array => (splits === 0 ? new Float64Array() : readNumbers(fields, name, place, splits, rule));
  const children = integersFrom(-leaves, splits - 1);
  const childrenOf = (name: string): Float64Array => list(name, children).map((child) => (child < 0 ? splits + ~child : child));
  const tree = {
    features: new Int32Array(splits + leaves).fill(-1),
    thresholds: new Float64Array(splits + leaves),
    missingLeft: new Uint8Array(splits + leaves),
    lefts: childrenOf('left_child'),
    rights: childrenOf('right_child'),
    covers: new Float64Array(splits + leaves),
    values: new Float64Array(splits + leaves),
    ...(fields.has('split_gain') && { gains: list('split_gain', GAINS) }),
  };
  tree.features.set(list('split_feature', integersFrom(0, width - 1)));
  tree.values.set(values, splits);
  tree.covers.set(covers, splits);
  const thresholds = list('threshold', THRESHOLDS);
  list('decision_type', integersFrom(0, 255)).forEach((decision, split) => {
    const { threshold, isMissingLeft } = lightgbmSplit(decision, Math.min(thresholds[split], ABOVE_ALL), place);
    tree.thresholds[split] = threshold;
    tree.missingLeft[split] = isMissingLeft ? 1 : 0;
  });
  return tree;
}
