// Trees, in the order in which to read them.
// Boosting: binned-matrix (bin-bounds), gradients, histogram, split-search, row-partition, grow-tree, boosting.
// Forests: ranked-matrix (rank-column), node-operations (sort-node, gini-split), split-search, grow-forest-tree, grow-trees, forest.
// Both: once-per-matrix (what fits share), tree-ensemble (flat nodes), predict, tree-shap, tree-document.
export * from './boosting/boosting.js';
export type { BoostingParams } from './boosting/boosting-options.js';
export type { ValidationData } from './boosting/early-stopping.js';
export type { TreeEnsemble } from './ensemble/tree-ensemble.js';
export * from './forest/forest.js';
export type { ForestParams } from './forest/forest-options.js';
export type { OutOfBag } from './forest/out-of-bag.js';
export { expectedOutput, treeShap } from './explanation/tree-shap.js';
export { readTrees, writeTrees } from './ensemble/tree-document.js';
export type { TreeDocument, TreeLimits } from './ensemble/tree-document.js';
