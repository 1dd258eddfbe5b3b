export * from './feature-table.js';
