export * from './training-table.js';
export * from './training-rows.js';
export * from './training-table-columns.js';
export * from './format-training-table-csv.js';
