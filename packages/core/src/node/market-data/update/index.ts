export { updateKlines, type UpdateKlinesOptions } from './update-klines.js';
export * from './update-markets.js';
export type { MarketUpdate } from './market-update.js';
export type { KlinesSource } from './plan-update.js';
export * from './open-sources.js';
export * from './import-klines.js';
