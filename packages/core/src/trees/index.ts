// Trees, in the order in which to read them.
// binning/: bin-bounds, binned-matrix. Values become bin numbers.
// boosting/: boosting (what a fit is given and gives), boosting-rounds (the loop), objectives/ (losses and their derivatives), quantize
// (derivatives as whole numbers), feature-groups, histogram, split-search, row-partition, grow-tree. The hot loops are a set of
// functions (boosting-kernels) that exists twice: here, and in WebAssembly (wasm-kernels, packages/core/assembly).
// forest/: ranked-matrix (rank-column), node-operations (sort-node, gini-split), split-search, grow-forest-tree, grow-trees, forest.
// ensemble/: tree-ensemble (flat nodes, of both), tree-document, predict (the plain walk), threshold-ranks, mask-section, node-section,
// compiled-ensemble, ensemble-predictor (the fast ways). explanation/: tree-contributions (gauss-legendre, shap-plan),
// tree-shap, explain-rows, feature-importance, tree-partial-dependence.
// interchange/: models of LightGBM and XGBoost, and ONNX. kernels/: how compiled modules are loaded and given memory.
// Here: what all of them check (training-rows, option-rules), draw (sampling) and share (once-per-matrix).
export { fitBoosting } from './boosting/boosting.js';
export type { BoostedTrees, BoostingOptions } from './boosting/boosting.js';
export { predictBoosting, predictScores } from './boosting/predict-boosting.js';
export { refitBoosting } from './boosting/refit-boosting.js';
export type { LeafRefitOptions } from './boosting/refit-boosting.js';
export type { ObjectiveName } from './boosting/objectives/objective.js';
export type { BoostingParams } from './boosting/boosting-options.js';
export type { ValidationData } from './boosting/early-stopping.js';
export { createRowScorer } from './ensemble/row-scorer.js';
export type { RowScorer } from './ensemble/row-scorer.js';
export type { TreeEnsemble } from './ensemble/tree-ensemble.js';
export * from './forest/forest.js';
export type { ForestParams } from './forest/forest-options.js';
export type { OutOfBag } from './forest/out-of-bag.js';
export { expectedOutput, treeShap } from './explanation/tree-shap.js';
export * from './explanation/explain-rows.js';
export * from './explanation/feature-importance.js';
export * from './explanation/tree-partial-dependence.js';
export { readTrees, writeTrees } from './ensemble/tree-document.js';
export type { TreeDocument, TreeLimits } from './ensemble/tree-document.js';
export { readLightgbmModel } from './interchange/lightgbm/read-lightgbm-model.js';
export { readXgboostModel } from './interchange/xgboost/read-xgboost-model.js';
export type { ImportedModel, ReadModelOptions } from './interchange/imported-model.js';
