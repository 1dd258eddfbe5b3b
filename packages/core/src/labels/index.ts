export * from './candidate.js';
export * from './label-options.js';
export * from './label-reversals.js';
export type { LabelSpans } from './label-spans.js';
export * from './average-uniqueness.js';
export * from './uniqueness-weights.js';
