// Kernels of forests: the same operations, in the same order of sums, as the TypeScript of packages/core/src/trees/forest/,
// which is the account to read first. A node is a range of `sample`; what is gathered for it lies at the beginning of the node
// arrays. Plain f64 arithmetic only.
export { setPacked, setUp } from './forest/state';
export { enterNode } from './forest/enter';
export { sortNode } from './forest/sort';
export { tryGini } from './forest/gini';
export { tryGiniByRank } from './forest/gini-by-rank';
export { sumLeft, valueRange } from './forest/random-split';
export { partitionByRank, partitionByValue } from './forest/partition';
