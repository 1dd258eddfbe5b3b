export * from './archive-name.js';
export * from './read-archive.js';
