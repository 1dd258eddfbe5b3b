export * from './command/index.js';
export * from './forest/index.js';
export * from './store/index.js';
export * from './load-ml-random-forest.js';
export * from './model-registry/index.js';
export * from './run-records/index.js';
export * from './market-data/index.js';
export * from './workers/index.js';
