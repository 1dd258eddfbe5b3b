// What a small process needs of core: errors and safe writing, without schemas, HTTP or models (@forecastlab/core/node/files).
// The scheduler lives for months in as little memory as Node allows; @forecastlab/core/node alone would double it.
export * from '../../errors.js';
export { explainSystemError } from '../command/explain-system-error.js';
export { redactText } from '../logging/redact-text.js';
export { createRunId } from '../run-records/run-id.js';
export type { RunRecord } from '../run-records/run-record.js';
export { nodeFileSystem, systemErrorCode } from '../store/file-system.js';
export { readFileBytes } from '../store/read-file-bytes.js';
export { withLock } from '../store/with-lock.js';
export { writeFileWhole } from '../store/write-file-whole.js';
