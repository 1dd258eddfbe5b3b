export * from './random.js';
export * from './exp.js';
export * from './log.js';
export * from './double-double.js';
export * from './softmax.js';
export * from './sigmoid.js';
export * from './normal.js';
