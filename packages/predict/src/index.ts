export * from './program.js';
export * from './run-prediction.js';
export * from './save-prediction.js';
