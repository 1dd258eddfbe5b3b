export * from './alert.js';
export { ALERT_SCHEMA, type AlertNote } from './alert-note.js';
export { ALERT_STATE_FILE, ALERTS_FILE } from './alert-store.js';
export * from './open-alerts.js';
