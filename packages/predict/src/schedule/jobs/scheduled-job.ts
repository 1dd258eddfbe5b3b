// A job as the scheduler runs it: everything resolved, nothing left to default. JSON-safe.
import type { ZoneTable } from '../slots/time-zone.js';

/** One entry of `jobs` in forecastlab.config.json, checked, with its defaults filled in and its program found. */
export interface ScheduledJob {
  readonly name: string;
  /** Five fields, or @daily and the like. */
  readonly cron: string;
  /** Name of the tz database, such as America/New_York. */
  readonly timeZone: string;
  /** When clocks are set there. */
  readonly zone: ZoneTable;
  /** As it stands in the file, for people. */
  readonly command: string;
  /** Program and arguments, started without a shell. */
  readonly words: readonly string[];
  /** An attempt that takes longer is ended. */
  readonly timeoutMs: number;
  /** So many attempts may follow a failed one. */
  readonly retries: number;
  /** Before the first, second, … of them; the last one holds for all that follow. */
  readonly retryDelaysMs: readonly number[];
  /** A slot that could not be met in this time is given up. */
  readonly graceMs: number;
  /** Variables beside those of the scheduler. */
  readonly env: Readonly<Record<string, string>>;
}
