// The scheduler: looks at the clock, starts what is due, settles what has ended. It holds nothing that is not on disk, so
// that it may be killed at any moment.
import { join } from 'node:path';
import { createRunId } from '@forecastlab/core/node/files';
import type { ScheduledJob } from '../jobs/scheduled-job.js';
import type { JobState } from '../plan/job-state.js';
import type { Notice } from '../plan/notice.js';
import { sayTime } from '../plan/notice.js';
import { nextLookMs, planJob } from '../plan/plan-job.js';
import { endOf, readRunOfJob } from '../plan/read-run.js';
import { settleAttempt } from '../plan/settle-attempt.js';
import { endRun, RUN_ID_VARIABLE } from '../process/end-processes.js';
import { findByVariable, isAlive, isElsewhere, signalProcess } from '../process/process-identity.js';
import type { Slots } from '../slots/open-slots.js';
import { slotsOfJob } from '../slots/slots-of-job.js';
import type { SchedulerPlan } from './scheduler-plan.js';
import { schedulePaths } from '../schedule-paths.js';
import { isFresh } from './pid-file.js';
import { startRun } from './start-run.js';
import { writeState } from './state-file.js';

/** From TERM to KILL. */
const KILL_AFTER_MS = 10_000;
/** An attempt that is watched over ends by its limit; when its process is stuck, the scheduler ends it so much later. */
const LIMIT_MARGIN_MS = 60_000;
/** An attempt that another scheduler started tells nothing when it ends: it is looked at this often. */
const ADOPTED_LOOK_MS = 1000;
const SHORTEST_WAIT_MS = 5;
/** A disk that is full is tried again so soon. */
const UNSAVED_WAIT_MS = 2000;

/** What the scheduler works with. */
export interface SchedulerSurroundings {
  /** UTC milliseconds. */
  nowMs(): number;
  /** Milliseconds of a clock that nobody sets. */
  steadyMs(): number;
  random(): number;
  notify(notice: Notice, job?: string): void;
}

/** A scheduler over a state that has been loaded. */
export interface Scheduler {
  readonly states: ReadonlyMap<string, JobState>;
  /** Takes other jobs from now on. */
  replaceJobs(jobs: readonly ScheduledJob[]): void;
  /** Does what is to be done now. With `isStopping` nothing is started. */
  tick(options?: { readonly isStopping?: boolean }): Promise<void>;
  /** What it remembers is on disk. */
  isSaved(): boolean;
  /** Names of jobs of which an attempt runs. */
  running(): string[];
  /** Asks the running attempts to end. A second call ends them at once. */
  endRunning(): void;
  /** Ends what is left of the running attempts by force. */
  killRunning(): Promise<void>;
  /** How long nothing is to be done, unless a clock is set or {@link onChange} calls. */
  idleMs(): number;
}

/** @param options.onChange called when an attempt has ended: a tick settles it */
export function createScheduler(plan: SchedulerPlan, loaded: ReadonlyMap<string, JobState>, surroundings: SchedulerSurroundings, options: { readonly onChange: () => void }): Scheduler {
  const { root } = plan;
  const { notify } = surroundings;
  const states = new Map(loaded);
  let jobs = new Map<string, ScheduledJob>();
  let slots = new Map<string, Slots>();
  /** Run ids of the attempts that this process started, with their exit code once they have ended. */
  const own = new Map<string, { exitCode: number | null; hasEnded: boolean }>();
  /** By a clock that nobody sets: since when this process has seen an attempt run. */
  const firstSeenMs = new Map<string, number>();
  // What was told anew from records, or of jobs that are new, is not on disk yet.
  let isSaved = false;
  let isTold = false;

  const setState = (name: string, state: JobState): void => {
    if (states.get(name) === state) return;
    states.set(name, state);
    isSaved = false;
  };
  const save = async (): Promise<boolean> => {
    if (isSaved) return true;
    try {
      await writeState(root, states);
      isSaved = true;
      if (isTold) notify({ level: 'info', event: 'state-written', text: 'the state can be written again', resolve: ['job-failed'] });
      isTold = false;
    } catch (error) {
      if (!isTold) notify({ level: 'error', event: 'state-unwritable', text: `the state cannot be written, so that no job is started until it can: ${String(error)}`, raise: 'job-failed' });
      isTold = true;
    }
    return isSaved;
  };

  const settle = async (name: string, state: JobState): Promise<void> => {
    const { running } = state;
    if (running === null) return;
    const watched = own.get(running.runId);
    if (watched === undefined ? isStillRunning(root, running) : !watched.hasEnded) {
      if (!firstSeenMs.has(running.runId)) firstSeenMs.set(running.runId, surroundings.steadyMs());
      const limitMs = (jobs.get(name)?.timeoutMs ?? 0) + KILL_AFTER_MS + LIMIT_MARGIN_MS;
      if (surroundings.steadyMs() - (firstSeenMs.get(running.runId) ?? 0) < limitMs) return;
      notify({ level: 'warn', event: 'limit-passed', text: 'the attempt is past its limit, and the process that should have ended it has not; it is ended now', facts: { run_id: running.runId } }, name);
      await endRun(running.runId, { patienceMs: KILL_AFTER_MS });
      if (watched !== undefined) return;
    }
    const record = await readRunOfJob(root, running.runId);
    // Whoever watched ends what the command leaves behind; where it was killed itself that is still to be done.
    if (record?.finished_at == null) await endRun(running.runId, { patienceMs: KILL_AFTER_MS });
    const settled = settleAttempt(jobs.get(name) ?? retired(name), state, endOf(record, watched?.exitCode ?? null, surroundings.nowMs()), surroundings.nowMs());
    own.delete(running.runId);
    firstSeenMs.delete(running.runId);
    setState(name, settled.state);
    for (const notice of settled.notices) notify(notice, name);
    if (!jobs.has(name)) forget(name, settled.state);
  };

  const start = async (name: string, job: ScheduledJob, state: JobState): Promise<void> => {
    const { pending } = state;
    if (pending === null) return;
    const startedMs = surroundings.nowMs();
    const runId = createRunId({ nowMs: startedMs, random: () => surroundings.random() });
    const begun: JobState = { ...state, pending: { ...pending, attempts: pending.attempts + 1 }, running: { runId, slotMs: pending.slotMs, startedMs, process: null } };
    setState(name, begun);
    if (!(await save())) return setState(name, state);
    const run = startRun({ root, runId, job: name, slotMs: pending.slotMs, attempt: pending.attempts + 1, words: job.words, env: job.env, timeoutMs: job.timeoutMs, killAfterMs: KILL_AFTER_MS, relay: plan.terminal });
    const watched: { exitCode: number | null; hasEnded: boolean } = { exitCode: null, hasEnded: false };
    own.set(runId, watched);
    setState(name, { ...begun, running: { runId, slotMs: pending.slotMs, startedMs, process: run.process } });
    notify({ level: 'info', event: 'started', text: `started for ${sayTime(pending.slotMs)}${pending.attempts === 0 ? '' : `, attempt ${pending.attempts + 1}`}`, facts: { run_id: runId, slot: sayTime(pending.slotMs), attempt: pending.attempts + 1, pid: run.process?.pid ?? null } }, name);
    void run.exited.then((exitCode) => {
      Object.assign(watched, { exitCode, hasEnded: true });
      options.onChange();
    });
  };

  const runningAttempts = (): [string, NonNullable<JobState['running']>][] => [...states].flatMap(([name, { running }]) => (running === null ? [] : [[name, running] as [string, typeof running]]));

  /** A job that is configured no more: were it known when it is added again, the time between would look missed. */
  const forget = (name: string, state: JobState): void => {
    states.delete(name);
    isSaved = false;
    if (state.told.length > 0) notify({ level: 'info', event: 'job-removed', text: 'is configured no more', resolve: state.told }, name);
  };

  const scheduler: Scheduler = {
    states,
    replaceJobs(list) {
      for (const [name, state] of states) if (state.running === null && !list.some((job) => job.name === name)) forget(name, state);
      jobs = new Map(list.map((job) => [job.name, job]));
      slots = new Map(list.map((job) => [job.name, slotsOfJob(job)]));
    },
    async tick({ isStopping = false } = {}) {
      for (const [name, state] of states) await settle(name, state);
      if (!isStopping) {
        for (const [name, job] of jobs) {
          const decided = planJob(job, slots.get(name) ?? slotsOfJob(job), states.get(name), surroundings.nowMs());
          setState(name, decided.state);
          for (const notice of decided.notices) notify(notice, name);
          if (decided.isDue) await start(name, job, decided.state);
        }
      }
      await save();
    },
    isSaved: () => isSaved,
    running: () => runningAttempts().map(([name]) => name),
    endRunning() {
      for (const [, { process: watcher, runId }] of runningAttempts()) {
        const watchers = watcher === null ? findByVariable(RUN_ID_VARIABLE, runId) : [watcher];
        for (const identity of watchers) signalProcess(identity, 'SIGTERM');
      }
    },
    async killRunning() {
      for (const [, { runId }] of runningAttempts()) await endRun(runId, { patienceMs: 0 });
    },
    idleMs() {
      const nowMs = surroundings.nowMs();
      let waitMs = Infinity;
      for (const name of jobs.keys()) {
        const state = states.get(name);
        const look = state === undefined ? nowMs : nextLookMs(slots.get(name) ?? { next: () => null, between: () => [] }, state, nowMs);
        if (look !== null) waitMs = Math.min(waitMs, look - nowMs);
      }
      if (runningAttempts().some(([, { runId }]) => !own.has(runId))) waitMs = Math.min(waitMs, ADOPTED_LOOK_MS);
      return Math.max(isSaved ? SHORTEST_WAIT_MS : UNSAVED_WAIT_MS, waitMs);
    },
  };
  scheduler.replaceJobs(plan.jobs);
  return scheduler;
}

/** By its process, or while that was not written down yet by the variable that all its processes have. */
export function isStillRunning(root: string, { process: watcher, runId }: NonNullable<JobState['running']>): boolean {
  if (watcher !== null && isElsewhere(watcher)) return isFresh(join(schedulePaths(root).runs, `${runId}.json`));
  return watcher === null ? findByVariable(RUN_ID_VARIABLE, runId).length > 0 : isAlive(watcher);
}

/** A job that is no longer configured: what it left running is settled, and not tried again. */
function retired(name: string): ScheduledJob {
  return { name, cron: '@yearly', timeZone: 'UTC', zone: [[0, 0]], command: '', words: [], timeoutMs: 0, retries: 0, retryDelaysMs: [], graceMs: 0, env: {} };
}
