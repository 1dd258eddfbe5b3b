// Trees as JSON: arrays of numbers per tree, nodes in depth-first order.
// Child numbers are not stored: in depth-first order the list of splits and leaves alone says who is whose child, so a stored
// tree can have no cycle, no child out of range, and no node that is reached twice.
import { ForecastLabError } from '../../errors.js';
import { TreeEnsembleBuilder } from './tree-ensemble.js';
import type { TreeEnsemble } from './tree-ensemble.js';

/** One tree. Splits and leaves are counted in the order in which they stand in `features`. */
export interface TreeDocument {
  /** [nodes] index of the feature that a split compares, -1 for a leaf. */
  readonly features: readonly number[];
  /** [splits] a value at or below it goes left. */
  readonly thresholds: readonly number[];
  /** [splits] 1 when a missing value goes left, else 0. */
  readonly missingLeft: readonly number[];
  /** [leaves] number of training rows; of imported trees what their trainer counts instead, such as a sum of hessians. */
  readonly covers: readonly number[];
  /** [leaves × outputs] */
  readonly values: readonly number[];
  /** [splits] how much each lowered the training loss, to 6 digits. Left out when nothing is known of it; 0 each then. */
  readonly gains?: readonly number[];
}

export interface TreeLimits {
  /** Numbers per leaf. */
  readonly outputs: number;
  /** Number of features. */
  readonly width: number;
  /** Inclusive bounds of every leaf number. */
  readonly smallest: number;
  readonly largest: number;
}

/** 10,000 rounds of 10 classes; forests have far fewer. */
const MAX_TREES = 100_000;
/** 1,000 full-depth trees on 10,000 rows; needs a file of about 400 MB and 1.5 GB of memory. */
const MAX_NODES = 20_000_000;
/** The sum of MAX_NODES such gains is finite. */
const LARGEST_GAIN = 1e300;

/** Sums of hessians in float32; far above any number of rows. */
const LARGEST_COVER = 1e39;

/** The trees as a JSON-safe document. */
export function writeTrees(ensemble: TreeEnsemble): TreeDocument[] {
  const { roots, features, thresholds, missingLeft, covers, gains, rights, values, outputs } = ensemble;
  return Array.from(roots, (root, tree) => {
    const end = tree + 1 < roots.length ? roots[tree + 1] : features.length;
    const nodes = Array.from({ length: end - root }, (_, i) => root + i);
    const splits = nodes.filter((node) => features[node] >= 0);
    const leaves = nodes.filter((node) => features[node] < 0);
    const gained = splits.map((node) => shortGain(gains[node]));
    return {
      features: Array.from(features.subarray(root, end)),
      thresholds: splits.map((node) => thresholds[node]),
      missingLeft: splits.map((node) => missingLeft[node]),
      covers: leaves.map((node) => covers[node]),
      values: leaves.flatMap((node) => Array.from(values.subarray(rights[node], rights[node] + outputs))),
      ...(gained.some((gain) => gain > 0) && { gains: gained }),
    };
  });
}

/** Gains only serve importances, for which 6 digits are plenty: all of them would double their room. */
function shortGain(gain: number): number {
  return Number(Math.min(gain, LARGEST_GAIN).toPrecision(6));
}

/** The trees of a document, which is treated as hostile. Throws CORRUPT with the first thing that is wrong. */
export function readTrees(document: unknown, limits: TreeLimits): TreeEnsemble {
  if (!Array.isArray(document)) throw corrupt('`trees` must be an array');
  if (document.length > MAX_TREES) throw corrupt(`there must be at most ${MAX_TREES} trees, not ${document.length}`);
  const builder = new TreeEnsembleBuilder(limits.outputs);
  let nodesLeft = MAX_NODES;
  for (let tree = 0; tree < document.length; tree += 1) {
    const where = `tree ${tree}`;
    const fields = readTree(document[tree], where, limits);
    nodesLeft -= fields.features.length;
    if (nodesLeft < 0) throw corrupt(`the trees must have at most ${MAX_NODES} nodes`);
    addTree(builder, fields, where, limits.outputs);
  }
  return builder.build();
}

function readTree(tree: unknown, where: string, limits: TreeLimits): TreeDocument {
  if (typeof tree !== 'object' || tree === null) throw corrupt(`${where} must be an object`);
  const features = numbers(tree, 'features', where, (value) => Number.isInteger(value) && value >= -1 && value < limits.width, `integers from -1 to ${limits.width - 1}`);
  const leaves = features.reduce((count, feature) => (feature < 0 ? count + 1 : count), 0);
  const splits = features.length - leaves;
  const hasGains = Object.getOwnPropertyDescriptor(tree, 'gains')?.value !== undefined;
  return {
    features,
    thresholds: numbers(tree, 'thresholds', where, Number.isFinite, 'finite numbers', splits),
    missingLeft: numbers(tree, 'missingLeft', where, (value) => value === 0 || value === 1, '0 or 1', splits),
    covers: numbers(tree, 'covers', where, (value) => value > 0 && value <= LARGEST_COVER, `numbers above 0 and up to ${LARGEST_COVER}`, leaves),
    values: numbers(
      tree,
      'values',
      where,
      (value) => value >= limits.smallest && value <= limits.largest,
      `numbers from ${limits.smallest} to ${limits.largest}`,
      leaves * limits.outputs,
    ),
    ...(hasGains && { gains: numbers(tree, 'gains', where, (value) => value >= 0 && value <= LARGEST_GAIN, `numbers from 0 to ${LARGEST_GAIN}`, splits) }),
  };
}

/** A copied array of numbers, so that nothing can change after it was checked. */
function numbers(tree: object, field: keyof TreeDocument, where: string, accepts: (value: number) => boolean, rule: string, length?: number): number[] {
  const given: unknown = Object.getOwnPropertyDescriptor(tree, field)?.value;
  if (!Array.isArray(given)) throw corrupt(`\`${field}\` of ${where} must be an array`);
  if (given.length > MAX_NODES) throw corrupt(`\`${field}\` of ${where} must have at most ${MAX_NODES} numbers`);
  if (length !== undefined && given.length !== length) throw corrupt(`\`${field}\` of ${where} must have ${length} numbers, not ${given.length}`);
  const copied: number[] = [];
  for (let i = 0; i < given.length; i += 1) {
    const value: unknown = given[i];
    if (typeof value !== 'number' || !accepts(value)) throw corrupt(`\`${field}\` of ${where} must hold ${rule}; number ${i} is ${typeof value === 'number' ? value : typeof value}`);
    copied.push(value);
  }
  return copied;
}

/** Rebuilds who is whose child; each leaf ends the left side of the last split that is still open. */
function addTree(builder: TreeEnsembleBuilder, fields: TreeDocument, where: string, outputs: number): void {
  const covers = nodeCovers(fields, where);
  const open: number[] = [];
  let split = 0;
  let leaf = 0;
  builder.beginTree();
  fields.features.forEach((feature, node) => {
    if (feature >= 0) {
      open.push(builder.addSplit(feature, fields.thresholds[split], fields.missingLeft[split] === 1, covers[node], fields.gains?.[split]));
      split += 1;
      return;
    }
    builder.addLeaf(fields.values.slice(leaf * outputs, (leaf + 1) * outputs), covers[node]);
    leaf += 1;
    const parent = open.pop();
    if (parent !== undefined) builder.beginRight(parent);
  });
}

/** The cover of every node, splits' being the sum of their leaves'. Checks that the nodes make exactly one tree. */
function nodeCovers(fields: TreeDocument, where: string): Float64Array {
  const { features, covers } = fields;
  const total = new Float64Array(features.length);
  const finished: number[] = []; // covers of subtrees, read from the end: the next one to the right is on top
  let leaf = covers.length;
  for (let node = features.length - 1; node >= 0; node -= 1) {
    if (features[node] < 0) {
      leaf -= 1;
      total[node] = covers[leaf];
    } else {
      const left = finished.pop();
      const right = finished.pop();
      if (left === undefined || right === undefined) throw corrupt(`\`features\` of ${where} must be a whole tree: node ${node} lacks a child`);
      total[node] = left + right;
    }
    finished.push(total[node]);
  }
  if (finished.length !== 1) throw corrupt(`\`features\` of ${where} must be one tree, not ${finished.length}`);
  return total;
}

function corrupt(reason: string): ForecastLabError {
  return new ForecastLabError('CORRUPT', `The stored trees cannot be used: ${reason}.`, { hint: 'Restore the file from its source or train the model again.' });
}
