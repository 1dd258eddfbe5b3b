export * from './program.js';
export * from './run-prediction.js';
export * from './save-prediction.js';
export type { BarSource } from './update-stored-bars.js';
