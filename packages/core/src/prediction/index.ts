export * from './as-of-bar.js';
export * from './daily-prediction.js';
