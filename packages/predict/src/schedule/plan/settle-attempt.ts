// What an attempt that has ended means for its job: done, try again and when, or give up.
import type { ScheduledJob } from '../jobs/scheduled-job.js';
import type { AttemptResult, JobState, PastAttempt } from './job-state.js';
import { type Notice, saySpan, sayTime } from './notice.js';
import { giveUp } from './plan-job.js';

/** Exit 75 is tried again as long as the grace time lasts, at least and at most this often: the latter where retries have no pause. */
const LONGEST_PATIENCE_MS = 30 * 60_000;
const SHORTEST_PATIENCE_MS = 30_000;

/** The end of an attempt, as its processes left it. */
export interface AttemptEnd {
  readonly finishedMs: number;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly result: AttemptResult;
}

/** What the exit code of a command says. */
export function resultOf(exitCode: number | null): AttemptResult {
  switch (exitCode) {
    case 0: return 'done';
    case 2: return 'refused';
    case 3: return 'partial';
    case 75: return 'temporary';
    default: return 'failed';
  }
}

/** Settles the running attempt. Without effect when none runs. */
export function settleAttempt(job: ScheduledJob, state: JobState, end: AttemptEnd, nowMs: number): { readonly state: JobState; readonly notices: readonly Notice[] } {
  const { running } = state;
  if (running === null) return { state, notices: [] };
  const pending = state.pending ?? { slotMs: running.slotMs, attempts: 1, failures: 0, temporary: 0, notBeforeMs: nowMs, delayMs: 0 };
  const last: PastAttempt = { runId: running.runId, slotMs: running.slotMs, attempt: pending.attempts, startedMs: running.startedMs, ...end };
  const notices: Notice[] = [];
  const facts = { run_id: running.runId, slot: sayTime(running.slotMs), attempt: pending.attempts, result: end.result, exit_code: end.exitCode, ...(end.signal === null ? {} : { signal: end.signal }) };
  const settled: JobState = { ...state, pending, running: null, last };
  if (end.result === 'done') {
    notices.push({ level: 'info', event: 'done', text: `done in ${saySpan(Math.max(0, end.finishedMs - running.startedMs))}`, facts, ...(state.told.length === 0 ? {} : { resolve: state.told }) });
    return { state: { ...settled, pending: null, lastDoneMs: end.finishedMs, told: [] }, notices };
  }
  if (end.result === 'stopped') {
    notices.push({ level: 'warn', event: 'stopped', text: 'was stopped with the scheduler; it is made up for at the next start', facts });
    return { state: { ...settled, pending: { ...pending, notBeforeMs: nowMs, delayMs: 0 } }, notices };
  }
  const words = `${WORDS[end.result]}${end.signal === null ? '' : ` (${end.signal})`}${end.exitCode === null ? '' : ` (exit ${end.exitCode})`}`;
  if (end.result === 'temporary') {
    const temporary = pending.temporary + 1;
    const delayMs = Math.max(SHORTEST_PATIENCE_MS, Math.min(LONGEST_PATIENCE_MS, delayBefore(job, temporary)));
    // Patience is no reason to keep silent.
    const isLong = temporary > job.retries && !state.told.includes('job-failed');
    notices.push({ level: 'warn', event: 'temporary', text: `${words}: again in ${saySpan(delayMs)}, until ${sayTime(running.slotMs + job.graceMs)}`, facts, ...(isLong ? { raise: 'job-failed' as const } : {}) });
    return { state: { ...settled, pending: { ...pending, temporary, notBeforeMs: nowMs + delayMs, delayMs }, told: isLong ? [...state.told, 'job-failed'] : state.told }, notices };
  }
  const failures = pending.failures + 1;
  if (end.result === 'refused' || failures > job.retries) {
    notices.push({ level: 'error', event: 'attempt-failed', text: words, facts });
    return { ...giveUp({ ...settled, pending: { ...pending, failures } }, notices, end.result === 'refused' ? 'trying again cannot help until the call or the file is mended' : 'all its attempts failed'), notices };
  }
  const delayMs = delayBefore(job, failures);
  notices.push({ level: 'warn', event: 'attempt-failed', text: `${words}: again in ${saySpan(delayMs)}`, facts });
  return { state: { ...settled, pending: { ...pending, failures, notBeforeMs: nowMs + delayMs, delayMs } }, notices };
}

const WORDS: Readonly<Record<AttemptResult, string>> = {
  done: 'done',
  partial: 'done in part',
  temporary: 'cannot be done yet',
  refused: 'refused its call',
  failed: 'failed',
  'timed-out': 'took longer than its limit and was ended',
  stopped: 'stopped',
  lost: 'is gone without a word',
};

const delayBefore = (job: ScheduledJob, retry: number): number => job.retryDelaysMs[Math.min(retry, job.retryDelaysMs.length) - 1] ?? 0;
