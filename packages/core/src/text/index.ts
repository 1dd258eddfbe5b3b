export * from './wrap-words.js';
