// One tree of XGBoost's JSON format: arrays over nodes, of which those that pruning has cut off are not reached.
import type { TreeEnsembleBuilder } from '../../ensemble/tree-ensemble.js';
import { lastDoubleBelow } from '../float32-neighbours.js';
import { addLinkedTree } from '../linked-tree.js';
import type { LinkedTree } from '../linked-tree.js';
import { damagedModelFile, unsupportedModelFile } from '../refuse-model-file.js';
import { categoricalXgboostModel } from './xgboost-document.js';

export interface XgboostTreeOptions {
  /** As in messages: `tree 3`. */
  readonly place: string;
  /** Number of features. */
  readonly width: number;
  /** What leaf values are multiplied by: the tree's weight of dart. */
  readonly scale: number;
  /** Most nodes that the tree may have. */
  readonly mostNodes: number;
}

/** Adds the tree; returns its number of nodes. Throws CORRUPT, and BAD_FILE for categorical splits and leaves of several outputs. */
export function addXgboostTree(builder: TreeEnsembleBuilder, tree: unknown, { place, width, scale, mostNodes }: XgboostTreeOptions): number {
  const list = (name: string, count: number, rule: string, accepts: (value: number) => boolean): number[] => {
    const given = own(tree, name);
    if (!Array.isArray(given)) throw damagedModelFile('XGBoost', `\`${name}\` of ${place} must be an array`);
    if (given.length !== count) throw damagedModelFile('XGBoost', `\`${name}\` of ${place} must have ${count} values, not ${given.length}`);
    return Array.from(given, (value: unknown, i) => {
      const number = typeof value === 'boolean' ? Number(value) : value; // default_left was true or false once
      if (typeof number !== 'number' || !accepts(number)) throw damagedModelFile('XGBoost', `\`${name}\` of ${place} must hold ${rule}; value ${i} is ${typeof number === 'number' ? number : typeof value}`);
      return number;
    });
  };
  const given = own(tree, 'left_children');
  const nodes = Array.isArray(given) ? given.length : 0;
  if (nodes < 1 || nodes > mostNodes) throw damagedModelFile('XGBoost', `\`left_children\` of ${place} must be an array of 1 to ${mostNodes} values`);
  refuseOtherKinds(tree, place);
  const isChild = (value: number): boolean => Number.isInteger(value) && value >= -1 && value < nodes;
  const lefts = list('left_children', nodes, `integers from -1 to ${nodes - 1}`, isChild);
  const rights = list('right_children', nodes, `integers from -1 to ${nodes - 1}`, isChild);
  const indexes = list('split_indices', nodes, 'integers not below 0', (value) => Number.isInteger(value) && value >= 0);
  const conditions = list('split_conditions', nodes, 'numbers of 32 bits', (value) => Number.isFinite(Math.fround(value))).map(Math.fround);
  const defaultLeft = list('default_left', nodes, '0 or 1', (value) => value === 0 || value === 1);
  const covers = Float64Array.from(list('sum_hessian', nodes, 'numbers from 0 to 1e30', (value) => value >= 0 && value <= 1e30));
  const gains = own(tree, 'loss_changes') === undefined ? undefined : list('loss_changes', nodes, 'numbers of 32 bits', (value) => Number.isFinite(Math.fround(value)));
  const linked: LinkedTree = {
    // nodes that were pruned away have an index out of range; no way leads to them
    features: Int32Array.from(indexes, (feature, node) => (lefts[node] < 0 ? -1 : Math.min(feature, 2 ** 31 - 1))),
    thresholds: Float64Array.from(conditions, lastDoubleBelow),
    missingLeft: Uint8Array.from(defaultLeft),
    lefts,
    rights,
    covers,
    values: Float64Array.from(conditions, (value) => value * scale), // XGBoost keeps leaf values among the conditions
    ...(gains && { gains }),
  };
  addLinkedTree(builder, linked, width, (reason) => damagedModelFile('XGBoost', `${place}: ${reason}`));
  return nodes;
}

function own(tree: unknown, name: string): unknown {
  return typeof tree === 'object' && tree !== null ? Object.getOwnPropertyDescriptor(tree, name)?.value : undefined;
}

function refuseOtherKinds(tree: unknown, place: string): void {
  const types = own(tree, 'split_type');
  const categories = own(tree, 'categories_nodes');
  if ((Array.isArray(types) && types.some((type) => type !== 0)) || (Array.isArray(categories) && categories.length > 0)) {
    throw categoricalXgboostModel(place);
  }
  const outputs = Number(own(own(tree, 'tree_param'), 'size_leaf_vector') ?? 0);
  if (outputs > 1) throw unsupportedModelFile('XGBoost', `${place} has leaves of ${outputs} numbers`, 'Train it with `multi_strategy` one_output_per_tree.');
}
