export * from './feature-table.js';
export type { Kernel, KernelMaker } from './kernels/kernel.js';
export * from './feature-definition.js';
export * from './feature-registry.js';
export * from './feature-set-version.js';
export * from './warm-up-bars.js';
export * from './compute-features.js';
export * from './feature-stream.js';
export * from './check-look-ahead.js';
