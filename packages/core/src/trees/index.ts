// Trees, in the order in which to read them.
// Boosting: binned-matrix (bin-bounds), gradients, histogram, split-search, row-partition, grow-tree, boosting.
// Forests: ranked-matrix, gini-split, grow-exact-tree, forest.
// Both: once-per-matrix (what fits share), tree-ensemble (flat nodes), predict, tree-document.
// Explanation: tree-contributions (gauss-legendre, shap-plan), tree-shap, explain-rows, feature-importance, tree-partial-dependence.
export * from './boosting/boosting.js';
export type { BoostingParams } from './boosting/boosting-options.js';
export type { ValidationData } from './boosting/early-stopping.js';
export type { TreeEnsemble } from './ensemble/tree-ensemble.js';
export * from './forest/forest.js';
export type { ForestParams } from './forest/forest-options.js';
export { expectedOutput, treeShap } from './explanation/tree-shap.js';
export * from './explanation/explain-rows.js';
export * from './explanation/feature-importance.js';
export * from './explanation/tree-partial-dependence.js';
export { readTrees, writeTrees } from './ensemble/tree-document.js';
export type { TreeDocument, TreeLimits } from './ensemble/tree-document.js';
