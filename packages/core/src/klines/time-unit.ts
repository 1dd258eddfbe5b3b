// Numbers as times: seconds, milliseconds or microseconds, told by their size.
// Binance's spot dumps count microseconds since 2025-01-01, everything else of theirs milliseconds.
import type { TimeUnit } from './parsed-klines.js';

// 1e14 as milliseconds is the year 5138, as microseconds 1973; 1e11 as seconds is 5138, as milliseconds 1973.
const MICROSECONDS_FROM = 1e14;
const MICROSECONDS_BELOW = 1e17;
const MILLISECONDS_FROM = 1e11;

/** The unit of a count since 1970; undefined for what is no plausible time. */
export function unitOfTime(count: number): 's' | 'ms' | 'us' | undefined {
  if (count >= MICROSECONDS_BELOW || count < 0) return undefined;
  if (count >= MICROSECONDS_FROM) return 'us';
  return count >= MILLISECONDS_FROM ? 'ms' : 's';
}

/** Milliseconds since 1970, cut below (23:59:59.999999 stays in its millisecond). */
export function toMilliseconds(count: number, unit: 's' | 'ms' | 'us'): number {
  if (unit === 'us') return Math.floor(count / 1000);
  return unit === 's' ? Math.floor(count * 1000) : Math.floor(count);
}

/** The unit of a file that had `before` so far and now shows `next`. */
export function mergeUnits(before: TimeUnit | undefined, next: 's' | 'ms' | 'us'): TimeUnit | undefined {
  if (before === undefined || before === next) return next;
  const both = before === 'mixed' || (before === 'ms' && next === 'us') || (before === 'us' && next === 'ms');
  return both && next !== 's' ? 'mixed' : undefined;
}
