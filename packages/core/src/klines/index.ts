export * from './klines.js';
export * from './fingerprint-klines.js';
