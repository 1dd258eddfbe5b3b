export * from './archive-name.js';
export * from './read-archive.js';
export * from './open-dumps.js';
