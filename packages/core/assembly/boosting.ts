// Kernels of gradient boosting: the hot loops of packages/core/src/trees/boosting/, where the same loops stand in TypeScript
// and are explained. Both give the same bits. Pointers are byte offsets into the memory that the arrays of a fit lie in.

export { fillHistogram, subtractHistogram } from './boosting/histogram';
export { findBestSplit } from './boosting/split-search';
export { partitionRows } from './boosting/row-partition';
export { quantize, sumLeaf, addToScores, copyBytes } from './boosting/rows';
export { softmaxDerivatives } from './boosting/softmax-derivatives';
