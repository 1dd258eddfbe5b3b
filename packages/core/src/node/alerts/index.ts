export * from './alert.js';
export * from './open-alerts.js';
