export * from './klines.js';
