export { fitBoostingThreaded } from './fit-boosting-threaded.js';
export type { ThreadedBoostingOptions } from './fit-boosting-threaded.js';
