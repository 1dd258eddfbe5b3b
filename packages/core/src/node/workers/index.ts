export { runOnWorkers } from './run-on-workers.js';
export type { WorkerRun } from './run-on-workers.js';
export { serveTasks } from './serve-tasks.js';
