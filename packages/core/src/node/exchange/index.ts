export * from './exchange.js';
export * from './open-exchange.js';
export * from './ban-note.js';
