// Trees, in the order in which to read them.
// Boosting: binned-matrix (bin-bounds), gradients, histogram, split-search, row-partition, grow-tree, boosting.
// Forests: ranked-matrix, gini-split, grow-exact-tree, forest.
// Both: once-per-matrix (what fits share), tree-ensemble (flat nodes), predict, tree-shap, tree-document.
export * from './boosting.js';
export type { BoostingParams } from './boosting-options.js';
export type { ValidationData } from './early-stopping.js';
export type { TreeEnsemble } from './tree-ensemble.js';
export * from './forest.js';
export type { ForestParams } from './forest-options.js';
export { expectedOutput, treeShap } from './tree-shap.js';
export { readTrees, writeTrees } from './tree-document.js';
export type { TreeDocument, TreeLimits } from './tree-document.js';
