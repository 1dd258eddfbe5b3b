// The moments at which a job is due. Croner reads the cron expression and walks over the clock times that fit it; which
// moments those are in a time zone is decided here, so that a daily job is due once a day on each day, whatever clocks do.
import { Cron } from 'croner';
import type { TimeZone } from './time-zone.js';
import { momentsOf } from './wall-time.js';

const HOUR_MS = 3_600_000;
/** A change of clocks this near may move what is due. */
const NEAR_CHANGE_MS = 27 * HOUR_MS;

/** Clocks set forth and back within this time would look as if they were never set; the shortest such time is Ramadan in Morocco. */
const LONGEST_STEADY_MS = 20 * 24 * HOUR_MS;

const PIECE_MS = 15 * 24 * HOUR_MS;

/** When a job is due, in UTC milliseconds. */
export interface Slots {
  /** Slots after `afterMs` up to and with `untilMs`, oldest first; the first `limit` of them. */
  between(afterMs: number, untilMs: number, limit: number): number[];
  /** The first slot after a moment; null when there is none. */
  next(afterMs: number): number | null;
}

/**
 * The slots of a cron expression of five fields (or @hourly, @daily, @weekly, @monthly, @yearly) in a time zone.
 * A time that clocks leave out is due right after the change; on a day that a country leaves out nothing is due. A time that comes
 * twice is due the first time, except for jobs of every hour (`*` in the hour's place), which go by the hours that pass.
 * @throws Error for an expression that cannot be read
 */
export function openSlots({ cron, zone }: { readonly cron: string; readonly zone: TimeZone }): Slots {
  if (!/^@[a-z]+$/i.test(cron) && cron.trim().split(/\s+/).length !== 5) throw new Error('it must have five fields: minute, hour, day of month, month, day of week');
  // utcOffset instead of a zone: croner walks over clock times, and loads no table of time zones for it.
  const times = new Cron(cron, { utcOffset: 0, mode: '5-part', paused: true });
  const isHourly = /^@hourly$/i.test(cron) || cron.trim().split(/\s+/)[1] === '*';

  // Year after year in pieces: most are steady, which is quick, and no more is walked over than is asked for.
  const between = (afterMs: number, untilMs: number, limit: number): number[] => {
    const slots: number[] = [];
    for (let fromMs = afterMs; fromMs < untilMs && slots.length < limit; fromMs += PIECE_MS) for (const timeMs of betweenNear(fromMs, Math.min(untilMs, fromMs + PIECE_MS), limit - slots.length)) slots.push(timeMs);
    return slots;
  };
  const betweenNear = (afterMs: number, untilMs: number, limit: number): number[] => {
    const offset = steadyOffset(zone, afterMs, untilMs);
    const slots = new Set<number>();
    const [fromWall, toWall] = offset === undefined ? [afterMs + zone.offsetAt(afterMs) - NEAR_CHANGE_MS, untilMs + zone.offsetAt(untilMs) + NEAR_CHANGE_MS] : [afterMs + offset, untilMs + offset];
    // A whole second earlier: croner gives what comes after the second it starts from.
    let wall = times.nextRun(new Date(Math.floor(fromWall / 1000) * 1000 - 1000))?.getTime();
    while (wall !== undefined && wall <= toWall) {
      for (const timeMs of offset === undefined ? dueAt(zone, wall, isHourly) : [wall - offset]) if (timeMs > afterMs && timeMs <= untilMs) slots.add(timeMs);
      if (offset !== undefined && slots.size >= limit) break;
      wall = times.nextRun(new Date(wall))?.getTime();
    }
    return [...slots].sort((a, b) => a - b).slice(0, limit);
  };
  return {
    between,
    next(afterMs) {
      const soon = between(afterMs, afterMs + 2 * HOUR_MS, 1);
      if (soon.length > 0) return soon[0];
      for (let fromMs = afterMs; ; ) {
        const wall = times.nextRun(new Date(fromMs + zone.offsetAt(fromMs) - NEAR_CHANGE_MS))?.getTime();
        if (wall === undefined) return null;
        const around = Math.max(wall, fromMs) + 2 * NEAR_CHANGE_MS;
        const [found] = between(afterMs, around, 1);
        if (found !== undefined) return found;
        fromMs = around;
      }
    },
  };
}

function dueAt(zone: TimeZone, wallMs: number, isHourly: boolean): number[] {
  const moments = momentsOf(zone, wallMs);
  if (moments.kind === 'no-such-day') return [];
  return moments.kind === 'twice' && isHourly ? [moments.timeMs, moments.againMs] : [moments.timeMs];
}

/** The offset of a span in which, and near which, clocks are not set; undefined where they may be. */
function steadyOffset(zone: TimeZone, fromMs: number, toMs: number): number | undefined {
  const offset = zone.offsetAt(fromMs - NEAR_CHANGE_MS);
  if (zone.isFixed) return offset;
  return toMs - fromMs < LONGEST_STEADY_MS && zone.offsetAt(toMs + NEAR_CHANGE_MS) === offset ? offset : undefined;
}
