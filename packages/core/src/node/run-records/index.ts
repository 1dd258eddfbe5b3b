export * from './run-id.js';
export * from './run-record.js';
