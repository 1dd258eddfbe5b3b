export { fitForestThreaded } from './fit-forest-threaded.js';
export type { ThreadedForestOptions } from './fit-forest-threaded.js';
