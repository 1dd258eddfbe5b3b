export * from './pooled-rows.js';
