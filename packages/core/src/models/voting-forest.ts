// Trees that each vote for one class, as flat arrays: what a forest of ml-random-forest becomes when it is kept.
import { z } from 'zod';
import { corruptModel, featureNamesSchema, readModelDocument } from './read-model-document.js';

/** One tree; arrays are [nodes], the root is node 0, and children come after their parent. */
export interface VotingTree {
  /** Feature index of the split; -1 for a leaf. */
  readonly feature: readonly number[];
  /** A value below it goes left, any other right. 0 for a leaf. */
  readonly threshold: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** Class voted for (0, 1, 2), for a leaf; 0 otherwise. */
  readonly classIndex: readonly number[];
}

export interface VotingForest {
  readonly featureNames: readonly string[];
  /** [features] what stands in for a missing value. */
  readonly medians: readonly number[];
  readonly trees: readonly VotingTree[];
}

/** The package itself is slow enough that nobody trains more. */
const MOST_TREES = 10_000;
/** A fully grown tree has fewer than two nodes per training row: this allows 5 million rows. */
const MOST_NODES = 10_000_000;

/** Votes [3] of all trees for one row of feature values. */
export function votes(trees: readonly VotingTree[], values: Float64Array): number[] {
  const counts = [0, 0, 0];
  for (const tree of trees) {
    let node = 0;
    for (let feature = tree.feature[0]; feature >= 0; feature = tree.feature[node]) {
      node = (values[feature] < tree.threshold[node] ? tree.left[node] : tree.right[node]);
    }
    const k = tree.classIndex[node];
    counts[k] += 1;
  }
  return counts;
}

/** A node as ml-cart keeps it: a split when it has two children, else a leaf with class shares. */
interface MlNode {
  readonly splitColumn?: number;
  readonly splitValue?: number;
  readonly left?: MlNode;
  readonly right?: MlNode;
  readonly distribution?: { maxRowIndex(row: number): readonly number[] };
}

interface MlForest {
  readonly baseModel: { readonly indexes: readonly (readonly number[])[]; readonly estimators: readonly { readonly root: MlNode }[] };
}

/** Flat trees from what `toJSON` of a just fitted RandomForestClassifier gives (trusted: it comes from memory, not from a file). */
export function flattenMlTrees(fitted: unknown): VotingTree[] {
  const { indexes, estimators } = (fitted as MlForest).baseModel;
  return estimators.map(({ root }, tree) => flattenMlTree(root, indexes[tree] as readonly number[]));
}

function flattenMlTree(root: MlNode, columnsUsed: readonly number[]): VotingTree {
  const tree = { feature: [] as number[], threshold: [] as number[], left: [] as number[], right: [] as number[], classIndex: [] as number[] };
  const waiting: { node: MlNode; setIndex: (index: number) => void }[] = [{ node: root, setIndex: () => undefined }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, setIndex } = next;
    const index = tree.feature.length;
    setIndex(index);
    const isSplit = node.left !== undefined && node.right !== undefined;
    tree.feature.push(isSplit ? columnsUsed[node.splitColumn as number] : -1);
    tree.threshold.push(isSplit ? (node.splitValue as number) + 0 : 0);
    tree.left.push(0);
    tree.right.push(0);
    tree.classIndex.push(isSplit ? 0 : (node.distribution?.maxRowIndex(0)[1] as number));
    if (!isSplit) continue;
    waiting.push({ node: node.right as MlNode, setIndex: (child) => { tree.right[index] = child; } });
    waiting.push({ node: node.left as MlNode, setIndex: (child) => { tree.left[index] = child; } });
  }
  return tree;
}

const nodes = <T extends z.ZodType<number>>(value: T) => z.array(value).min(1).max(MOST_NODES);
const documentSchema: z.ZodType<VotingForest> = z.object({
  kind: z.literal('ml-random-forest'),
  version: z.literal(1),
  featureNames: featureNamesSchema,
  medians: z.array(z.number()),
  trees: z
    .array(
      z.object({
        feature: nodes(z.number().int().min(-1)),
        threshold: nodes(z.number()),
        left: nodes(z.number().int().min(0)),
        right: nodes(z.number().int().min(0)),
        classIndex: nodes(z.number().int().min(0).max(2)),
      }),
    )
    .min(1)
    .max(MOST_TREES),
});

/** A forest from a stored document, with every tree checked: no cycle, no child or feature out of range. Throws CORRUPT. */
export function readVotingForest(document: unknown): VotingForest {
  const forest = readModelDocument('ml-random-forest', documentSchema, document);
  const features = forest.featureNames.length;
  if (forest.medians.length !== features) throw corruptModel('ml-random-forest', `\`medians\` must have ${features} values`);
  forest.trees.forEach((tree, index) => {
    const reason = whatIsWrong(tree, features);
    if (reason !== undefined) throw corruptModel('ml-random-forest', `\`trees.${index}\`: ${reason}`);
  });
  return forest;
}

function whatIsWrong(tree: VotingTree, features: number): string | undefined {
  const count = tree.feature.length;
  if ([tree.threshold, tree.left, tree.right, tree.classIndex].some((column) => column.length !== count)) return 'columns differ in length';
  for (let node = 0; node < count; node += 1) {
    const feature = tree.feature[node];
    if (feature >= features) return `node ${node} splits on feature ${feature} of ${features}`;
    if (feature < 0) continue;
    for (const child of [tree.left[node], tree.right[node]]) {
      // a child always comes after its parent, which rules out cycles
      if (child <= node || child >= count) return `node ${node} has child ${child}`;
    }
  }
  return undefined;
}
