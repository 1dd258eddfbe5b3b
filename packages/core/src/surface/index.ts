export * from './monotone-touch.js';
export * from './consistent-forecasts.js';
export * from './consistent-records.js';
export * from './touch-surface.js';
