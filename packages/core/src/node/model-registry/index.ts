export * from './is-bundle-problem.js';
export * from './load-usable.js';
export * from './model-registry.js';
export type { ActivePointer, Promotion } from './promotion.js';
export { activeStack } from './promotion.js';
export { ACTIVE_FILE, bundleFolder, PROMOTIONS_FILE, REGISTRY_FOLDER } from './registry-paths.js';
