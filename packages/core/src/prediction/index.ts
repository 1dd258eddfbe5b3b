export * from './agree-candidates.js';
export * from './as-of-bar.js';
export * from './daily-prediction.js';
export * from './matures-on.js';
export * from './predict-day.js';
export { isFairForecast } from './prediction-warnings.js';
