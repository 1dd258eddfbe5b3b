export { createRedactor, type Redactor } from './create-redactor.js';
export type { SafeLimits } from './safe-value.js';
export * from './run-log.js';
