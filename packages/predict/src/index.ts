export * from './program.js';
export { type PredictionReport, type PredictionRequest, runPrediction } from './run-prediction.js';
export * from './run-predictions.js';
export * from './save-prediction.js';
export type { BarSource } from './update-stored-bars.js';
