export * from './http-client.js';
export * from './create-http-client.js';
export * from './sleep.js';
export * from './retry.js';
export * from './retry-after.js';
