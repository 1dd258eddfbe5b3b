export * from './candidate.js';
export * from './label-options.js';
export * from './label-reversals.js';
