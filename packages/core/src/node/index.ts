export * from './command/index.js';
