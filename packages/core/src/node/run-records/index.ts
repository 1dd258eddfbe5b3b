export * from './run-id.js';
export * from './run-record.js';
export { pruneRuns } from './prune-runs.js';
export * from './recorded-run.js';
