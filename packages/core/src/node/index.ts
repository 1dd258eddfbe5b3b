export * from './command/index.js';
export * from './store/index.js';
