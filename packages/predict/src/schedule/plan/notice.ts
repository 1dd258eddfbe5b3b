// Something that happened to a job, for the log, and for a person where it says so.
import type { TroubleKind } from './job-state.js';

/** One line of the scheduler's log. */
export interface Notice {
  readonly level: 'info' | 'warn' | 'error';
  /** For programs: `slots-missed`, `attempt-failed`, `given-up`, … */
  readonly event: string;
  /** For people, without the job's name. */
  readonly text: string;
  /** JSON-safe. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** Raise this trouble of the job as an alert. */
  readonly raise?: TroubleKind;
  /** These troubles of the job are over. */
  readonly resolve?: readonly TroubleKind[];
}

/** A moment for people: `2026-01-31 00:05:00Z`. */
export function sayTime(timeMs: number): string {
  return new Date(timeMs).toISOString().replace('T', ' ').replace('.000Z', 'Z');
}

/** A span of time for people: `45 s`, `12 min`, `3.5 h`, `4 days`. */
export function saySpan(ms: number): string {
  if (ms < 120_000) return `${Math.round(ms / 1000)} s`;
  if (ms < 2 * 3_600_000) return `${Math.round(ms / 60_000)} min`;
  return ms < 48 * 3_600_000 ? `${Math.round(ms / 360_000) / 10} h` : `${Math.round(ms / 86_400_000)} days`;
}
