export * from './klines-manifest.js';
export * from './raw-klines-path.js';
export * from './read-klines-file.js';
export * from './stored-klines.js';
export * from './symbol-of-file-name.js';
export * from './update-sample-klines.js';
export * from './write-stored-klines.js';
