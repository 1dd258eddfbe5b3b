export type { DistributionReference, ReferenceWindows } from './distribution-reference.js';
export { kolmogorovSmirnov } from './kolmogorov-smirnov.js';
export * from './population-stability.js';
export * from './create-reference.js';
export * from './measure-drift.js';
export * from './row-distance.js';
export * from './rank-distance.js';
export * from './answer-reference.js';
export * from './measure-answers.js';
