export * from './boosting.js';
export * from './boosting-options.js';
export type { ValidationData } from './early-stopping.js';
export type { TreeEnsemble } from './tree-ensemble.js';
export * from './forest.js';
export * from './forest-options.js';
export { expectedOutput, treeShap } from './tree-shap.js';
export { readTrees, writeTrees } from './tree-document.js';
export type { TreeDocument, TreeLimits } from './tree-document.js';
