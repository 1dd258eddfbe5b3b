export * from './artifact-path.js';
export * from './artifact-store.js';
export * from './create-file-only.js';
export * from './file-system.js';
export * from './folder-store.js';
export * from './json-lines.js';
export * from './read-file-bytes.js';
export * from './with-lock.js';
export { writeFileWhole, type WriteOptions } from './write-file-whole.js';
