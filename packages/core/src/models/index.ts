export * from './classifier.js';
export * from './check-training-data.js';
export * from './effective-weights.js';
export * from './select-rows.js';
export * from './match-columns.js';
