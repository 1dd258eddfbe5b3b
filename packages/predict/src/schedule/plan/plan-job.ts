// What is to be done for a job now: the one place that decides. A pure function of the job, its state and the time, so that a
// machine that slept, a clock that jumped and a scheduler that was killed are cases of one rule: look at what is due, not at what happened.
import type { ScheduledJob } from '../jobs/scheduled-job.js';
import type { Slots } from '../slots/open-slots.js';
import { type JobState, newJobState, scheduleName } from './job-state.js';
import { type Notice, saySpan, sayTime } from './notice.js';

/** A clock set back by less is a small correction: what ran is not run again. By more, the new time holds. (The rule of cron.) */
const SMALL_STEP_BACK_MS = 3 * 3_600_000;
/** Missed slots are counted up to this many at a time. */
const MOST_COUNTED = 1000;
const MOST_KEPT = 10;
/** A slot met later than this was made up for. */
const LATE_MS = 2 * 60_000;

/** What to do, and what to remember. */
export interface JobPlan {
  readonly state: JobState;
  /** An attempt for the pending slot is to be started now. */
  readonly isDue: boolean;
  readonly notices: readonly Notice[];
}

/** Plans a job. `state` undefined: it is seen for the first time. */
export function planJob(job: ScheduledJob, slots: Slots, state: JobState | undefined, nowMs: number): JobPlan {
  const notices: Notice[] = [];
  let now = withCurrentSchedule(job, state, nowMs, notices);
  if (now.running !== null) return { state: now, isDue: false, notices };
  now = afterStepBack(now, nowMs, notices);
  now = takeDueSlot(job, slots, now, nowMs, notices);
  const { pending } = now;
  if (pending === null) return { state: now, isDue: false, notices };
  if (nowMs > pending.slotMs + job.graceMs) return { ...giveUp(now, notices, `its grace time of ${saySpan(job.graceMs)} is over`), isDue: false, notices };
  if (pending.notBeforeMs > nowMs + pending.delayMs) now = { ...now, pending: { ...pending, notBeforeMs: nowMs + pending.delayMs } };
  return { state: now, isDue: (now.pending?.notBeforeMs ?? Infinity) <= nowMs, notices };
}

/** When the job must be looked at next, unless a clock is set; null: never. */
export function nextLookMs(slots: Slots, state: JobState, nowMs: number): number | null {
  const next = slots.next(Math.max(nowMs, state.settledMs));
  if (state.running !== null || state.pending === null) return next;
  return Math.min(next ?? Infinity, state.pending.notBeforeMs);
}

function withCurrentSchedule(job: ScheduledJob, state: JobState | undefined, nowMs: number, notices: Notice[]): JobState {
  const schedule = scheduleName(job);
  if (state === undefined) return newJobState(schedule, nowMs);
  if (state.schedule === schedule) return state;
  notices.push({ level: 'info', event: 'schedule-changed', text: `is now due at ${schedule}; before: ${state.schedule}` });
  return { ...state, schedule, settledMs: nowMs, pending: null };
}

function afterStepBack(state: JobState, nowMs: number, notices: Notice[]): JobState {
  if (nowMs >= state.settledMs - SMALL_STEP_BACK_MS) return state;
  const isPendingAhead = state.pending !== null && state.pending.slotMs > nowMs;
  notices.push({ level: 'warn', event: 'clock-set-back', text: `the clock stands ${saySpan(state.settledMs - nowMs)} before the newest slot; the new time holds`, facts: { settled: sayTime(state.settledMs) } });
  return { ...state, settledMs: nowMs, pending: isPendingAhead ? null : state.pending };
}

/** The newest slot that is due and not too old becomes the pending one; those before it are missed, and told once together. */
function takeDueSlot(job: ScheduledJob, slots: Slots, state: JobState, nowMs: number, notices: Notice[]): JobState {
  if (nowMs <= state.settledMs) return state;
  const graceStartMs = nowMs - job.graceMs - 1;
  const tooOld = graceStartMs > state.settledMs ? slots.between(state.settledMs, graceStartMs, MOST_COUNTED) : [];
  const due = slots.between(Math.max(state.settledMs, graceStartMs), nowMs, Infinity);
  const newest = due.pop();
  const passed = [...tooOld, ...due];
  let after = withMissed(state, passed, notices);
  if (newest === undefined) return passed.length === 0 ? after : { ...after, settledMs: Math.max(after.settledMs, passed[passed.length - 1]) };
  if (after.pending !== null) after = giveUp(after, notices, 'its next slot has come').state;
  if (nowMs - newest > LATE_MS) notices.push({ level: 'info', event: 'catch-up', text: `the slot of ${sayTime(newest)} is made up for, ${saySpan(nowMs - newest)} late`, facts: { slot: sayTime(newest) } });
  return { ...after, settledMs: newest, pending: { slotMs: newest, attempts: 0, failures: 0, temporary: 0, notBeforeMs: nowMs, delayMs: 0 } };
}

function withMissed(state: JobState, passed: readonly number[], notices: Notice[]): JobState {
  // While an attempt takes longer than the time between two slots, those in between are its own.
  const missed = passed.filter((slotMs) => state.last === null || slotMs < state.last.startedMs || slotMs > state.last.finishedMs);
  if (missed.length === 0) return state;
  const count = missed.length >= MOST_COUNTED ? `at least ${MOST_COUNTED} slots` : `${missed.length} slot${missed.length === 1 ? '' : 's'}`;
  const span = missed.length === 1 ? sayTime(missed[0]) : `${sayTime(missed[0])} to ${sayTime(missed[missed.length - 1])}`;
  notices.push({ level: 'warn', event: 'slots-missed', text: `missed ${count} (${span}): the scheduler was not running, or the machine was off or asleep`, facts: { missed: missed.length, first: sayTime(missed[0]), last: sayTime(missed[missed.length - 1]) }, raise: 'job-missed' });
  return { ...state, missed: { count: state.missed.count + missed.length, slotsMs: [...state.missed.slotsMs, ...missed.slice(-MOST_KEPT)].slice(-MOST_KEPT) }, told: [...new Set([...state.told, 'job-missed' as const])] };
}

/** The pending slot is over without success. */
export function giveUp(state: JobState, notices: Notice[], why: string): { readonly state: JobState } {
  const { pending, last } = state;
  if (pending === null) return { state };
  const ended = last === null || pending.attempts === 0 ? 'never attempted' : `last ended as ${last.result}${last.exitCode === null ? '' : ` (exit ${last.exitCode})`}`;
  const level = last?.result === 'partial' ? 'warn' : 'error';
  notices.push({ level, event: 'given-up', text: `gave up the slot of ${sayTime(pending.slotMs)} after ${pending.attempts} attempt${pending.attempts === 1 ? '' : 's'}, ${ended}: ${why}`, facts: { slot: sayTime(pending.slotMs), attempts: pending.attempts, run_id: last?.runId ?? null }, raise: 'job-failed' });
  return { state: { ...state, pending: null, told: [...new Set([...state.told, 'job-failed' as const])] } };
}
