// How far the clocks of a time zone stand from UTC. Intl knows, but its tables would cost the scheduler 8 MB for as long as it
// lives: a large process that is gone soon writes down when clocks are set, and the scheduler reads that.

const DAY_MS = 86_400_000;
/** Years that a table covers; before and after, its first and last offset hold. */
const FIRST_MS = Date.UTC(2015, 0, 1);
const LAST_MS = Date.UTC(2065, 0, 1);
/** Clocks that are set forth and back within less would be missed; nowhere is it less than a month (Ramadan in Morocco). */
const STEP_MS = 5 * DAY_MS;
const UTC_NAMES = ['UTC', 'ETC/UTC', 'GMT', 'ETC/GMT'];

/** One time zone. */
export interface TimeZone {
  /** True when its clocks are never set. */
  readonly isFixed: boolean;
  /** Wall time minus time, in ms, at a moment. */
  offsetAt(timeMs: number): number;
}

/** When clocks are set, oldest first, and the offset in ms from then on. The first entry holds before it too. JSON-safe. */
export type ZoneTable = readonly (readonly [fromMs: number, offsetMs: number])[];

/** A time zone by its name of the tz database, for all times. Throws RangeError for a name that is none. */
export function openTimeZone(name: string): TimeZone {
  if (UTC_NAMES.includes(name.toUpperCase())) return { isFixed: true, offsetAt: () => 0 };
  const format = new Intl.DateTimeFormat('en-US', { timeZone: name, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
  return {
    isFixed: false,
    offsetAt(timeMs) {
      const part: Record<string, number> = {};
      for (const { type, value } of format.formatToParts(timeMs)) part[type] = Number(value);
      return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) - Math.floor(timeMs / 1000) * 1000;
    },
  };
}

/** The table of a time zone, 2015 to 2064. */
export function tabulateZone(zone: TimeZone): ZoneTable {
  const table: [number, number][] = [[FIRST_MS, zone.offsetAt(FIRST_MS)]];
  for (let timeMs = FIRST_MS; !zone.isFixed && timeMs < LAST_MS; timeMs += STEP_MS) {
    const offsetMs = zone.offsetAt(timeMs + STEP_MS);
    if (offsetMs !== table[table.length - 1][1]) table.push([findChange(zone, timeMs, timeMs + STEP_MS), offsetMs]);
  }
  return table;
}

/** A time zone by its table. */
export function openTabulatedZone(table: ZoneTable): TimeZone {
  return {
    isFixed: table.length === 1,
    offsetAt(timeMs) {
      let i = table.length - 1;
      while (i > 0 && table[i][0] > timeMs) i -= 1;
      return table[i][1];
    },
  };
}

/** The second at which the offset changes between two moments. */
export function findChange(zone: TimeZone, fromMs: number, toMs: number): number {
  const before = zone.offsetAt(fromMs);
  let [low, high] = [Math.floor(fromMs / 1000), Math.ceil(toMs / 1000)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zone.offsetAt(middle * 1000) === before) low = middle;
    else high = middle;
  }
  return high * 1000;
}
