export * from './run-log.js';
