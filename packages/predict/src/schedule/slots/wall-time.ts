// Local clock times and moments of time, in any time zone. A wall time is written as the UTC milliseconds that a clock
// in UTC would show with the same figures: 02:30 on a wall anywhere is Date.UTC(…, 2, 30).
import { findChange, type TimeZone } from './time-zone.js';

const HOUR_MS = 3_600_000;
/** No clock was ever set by more than a day (Apia, 2011), so what lies this far off is past the change. */
const REACH_MS = 25 * HOUR_MS;

/** When a wall shows a time: once; twice when clocks were set back; never when they were set forward, or left out the whole day. */
export type Moments =
  | { readonly kind: 'once'; readonly timeMs: number }
  | { readonly kind: 'twice'; readonly timeMs: number; readonly againMs: number }
  /** `timeMs`: the first moment after the change. */
  | { readonly kind: 'left-out'; readonly timeMs: number }
  | { readonly kind: 'no-such-day' };

/** The moments at which a wall in `zone` shows `wallMs`. */
export function momentsOf(zone: TimeZone, wallMs: number): Moments {
  const [before, after] = [zone.offsetAt(wallMs - REACH_MS), zone.offsetAt(wallMs + REACH_MS)];
  if (before === after) return { kind: 'once', timeMs: wallMs - before };
  const shown = [...new Set([wallMs - before, wallMs - after])].filter((timeMs) => timeMs + zone.offsetAt(timeMs) === wallMs).sort((a, b) => a - b);
  if (shown.length === 2) return { kind: 'twice', timeMs: shown[0], againMs: shown[1] };
  if (shown.length === 1) return { kind: 'once', timeMs: shown[0] };
  const changeMs = findChange(zone, wallMs - after, wallMs - before);
  const [lastWall, firstWall] = [changeMs + before, changeMs + after];
  const midnight = Math.floor(wallMs / (24 * HOUR_MS)) * 24 * HOUR_MS;
  return lastWall <= midnight && firstWall >= midnight + 24 * HOUR_MS ? { kind: 'no-such-day' } : { kind: 'left-out', timeMs: changeMs };
}
