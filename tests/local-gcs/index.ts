export { type Fault, type FaultKind, type Faults } from './faults.js';
export type { StoredObject } from './object-table.js';
export { type LocalGcs, type LocalGcsOptions, type LocalObjects, type LoggedGcsRequest, startLocalGcs } from './start-local-gcs.js';
