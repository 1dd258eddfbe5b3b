export * from './agree-candidates.js';
export * from './as-of-bar.js';
export * from './bundle-drift.js';
export * from './daily-prediction.js';
export * from './drift-day.js';
export * from './matures-on.js';
export * from './predict-day.js';
export { isFairForecast } from './prediction-warnings.js';
