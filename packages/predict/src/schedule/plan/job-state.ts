// What the scheduler remembers of a job. It lies in outputs/scheduler/state.json and outlives the scheduler.
import type { ProcessIdentity } from '../process/process-identity.js';

/** How an attempt ended. */
export type AttemptResult =
  /** Exit 0. */
  | 'done'
  /** Exit 3: some symbols or candidates failed. */
  | 'partial'
  /** Exit 75: the network, a lock, data that are not there yet. */
  | 'temporary'
  /** Exit 2: the call or a file that it names is wrong, so that trying again cannot help. */
  | 'refused'
  /** Any other exit code, a signal from outside, or a program that cannot be started. */
  | 'failed'
  /** Ended because it took longer than its limit. */
  | 'timed-out'
  /** Ended because the scheduler was stopped: no failure, it is made up for at the next start. */
  | 'stopped'
  /** Its processes are gone and left no word: killed, or the machine lost power. */
  | 'lost';

/** A slot that is being attended to: an attempt runs, or the next one waits. */
export interface PendingSlot {
  readonly slotMs: number;
  /** Attempts so far. */
  readonly attempts: number;
  /** Those of them that count against `retries`. */
  readonly failures: number;
  /** Those that ended with exit 75. */
  readonly temporary: number;
  /** No attempt before this moment. */
  readonly notBeforeMs: number;
  /** What was waited for then: a clock that goes back must not make a wait of minutes one of days. */
  readonly delayMs: number;
}

/** An attempt that has been started and not been settled. It is written down before it starts. */
export interface RunningAttempt {
  readonly runId: string;
  readonly slotMs: number;
  readonly startedMs: number;
  /** The process that watches over it; null until it is known. */
  readonly process: ProcessIdentity | null;
}

/** An attempt that is over. */
export interface PastAttempt {
  readonly runId: string;
  readonly slotMs: number;
  readonly attempt: number;
  readonly startedMs: number;
  readonly finishedMs: number;
  readonly result: AttemptResult;
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/** What is remembered of one job. Times are UTC milliseconds. */
export interface JobState {
  /** Cron expression and time zone: after a change only slots from then on count. */
  readonly schedule: string;
  /** Slots up to here are settled, or one of them is pending. */
  readonly settledMs: number;
  readonly pending: PendingSlot | null;
  readonly running: RunningAttempt | null;
  readonly last: PastAttempt | null;
  readonly lastDoneMs: number | null;
  /** Slots that passed without an attempt: how many ever, and the newest few. */
  readonly missed: { readonly count: number; readonly slotsMs: readonly number[] };
  /** Alerts that were raised and are not over. */
  readonly told: readonly TroubleKind[];
}

/** What a person is told of. */
export type TroubleKind = 'job-failed' | 'job-missed';

/** Of a job that is seen for the first time: what lies in the past is nobody's debt. */
export function newJobState(schedule: string, settledMs: number): JobState {
  return { schedule, settledMs, pending: null, running: null, last: null, lastDoneMs: null, missed: { count: 0, slotsMs: [] }, told: [] };
}

/** How the state names the schedule of a job. */
export function scheduleName({ cron, timeZone }: { readonly cron: string; readonly timeZone: string }): string {
  return `${cron} ${timeZone}`;
}
