export * from './klines.js';
export * from './fingerprint-klines.js';
export * from './interval.js';
export * from './parsed-klines.js';
export * from './quality-report.js';
export * from './prepared-klines.js';
