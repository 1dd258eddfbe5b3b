// What a value of a kline may be at all. Values outside are a wrong column or a broken file, not a market.
import type { KlineColumn } from './klines.js';

// The dearest coin quoted in the cheapest currency stays below 1e11; beyond 1e15 a double cannot hold cents any more.
const MAX_PRICE = 1e15;
// A month of a meme coin is about 1e16 coins.
const MAX_VOLUME = 1e24;
// 1900-01-01 (the oldest stock indices) and 2200-01-01, in milliseconds.
const MIN_TIME_MS = -2_208_988_800_000;
const MAX_TIME_MS = 7_258_118_400_000;

const PRICES: ReadonlySet<KlineColumn> = new Set<KlineColumn>(['open', 'high', 'low', 'close']);

/** What is wrong with the value, or undefined. */
export function outOfBounds(column: KlineColumn, value: number): string | undefined {
  if (column === 'openTimeMs' || column === 'closeTimeMs') {
    return value >= MIN_TIME_MS && value <= MAX_TIME_MS ? undefined : 'is no time between 1900 and 2200';
  }
  if (!Number.isFinite(value)) return 'is not finite';
  if (PRICES.has(column)) {
    if (value <= 0) return 'must be above 0';
    return value <= MAX_PRICE ? undefined : `is above ${MAX_PRICE}: no price`;
  }
  if (value < 0) return 'is negative';
  return value <= MAX_VOLUME ? undefined : `is above ${MAX_VOLUME}: no volume`;
}
