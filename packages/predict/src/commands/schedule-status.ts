// forecastlab-predict schedule status: whether the scheduler runs, and how its jobs are.
import { ForecastLabError, isForecastLabError } from '@forecastlab/core';
import { type CommandContext, defineCommand, formatTable } from '@forecastlab/core/node';
import { findScheduler } from '../schedule/daemon/pid-file.js';
import { isStillRunning } from '../schedule/daemon/scheduler.js';
import type { SchedulerPlan } from '../schedule/daemon/scheduler-plan.js';
import { lookAtState } from '../schedule/daemon/running-of.js';
import type { ScheduledJob } from '../schedule/jobs/scheduled-job.js';
import type { JobState } from '../schedule/plan/job-state.js';
import { saySpan, sayTime } from '../schedule/plan/notice.js';
import { residentBytes } from '../schedule/process/process-identity.js';
import { schedulePaths } from '../schedule/schedule-paths.js';
import { slotsOfJob } from '../schedule/slots/slots-of-job.js';
import { planSchedule } from './schedule-plan.js';

export const scheduleStatus = defineCommand({
  path: ['schedule', 'status'],
  summary: 'Show whether the scheduler runs, and its jobs: next and last run, result, missed slots.',
  description: 'Exit 0 when the scheduler of this root runs, 1 when it does not. Times are UTC.',
  examples: ['schedule status', 'schedule status --json'],
  options: {},
  async run(_options, context) {
    const scheduler = findScheduler(context.root);
    const states = await lookAtState(context.root);
    const nowMs = context.nowMs();
    const memory = scheduler === undefined ? null : residentBytes(scheduler.process.pid);
    let plan: SchedulerPlan;
    try {
      plan = planSchedule({ tick: 30, stopWithin: 0 }, context);
    } catch (error) {
      // Whether it runs is to be known most of all when the configuration has a slip.
      if (isForecastLabError(error) && scheduler !== undefined) throw new ForecastLabError(error.code, `The scheduler runs: process ${scheduler.process.pid}, with the jobs that it knows. ${error.message}`, { ...(error.hint === undefined ? {} : { hint: error.hint }), details: { ...error.details, running: true, pid: scheduler.process.pid }, cause: error });
      throw error;
    }
    const jobs = plan.jobs.map((job) => describeJob(job, states?.get(job.name), nowMs, context.root));
    const json = {
      running: scheduler !== undefined,
      ready: scheduler?.isReady ?? false,
      pid: scheduler?.process.pid ?? null,
      memory_bytes: memory,
      started_at: isoOrNull(scheduler?.startedMs),
      uptime_seconds: scheduler === undefined ? null : Math.max(0, Math.round((nowMs - scheduler.startedMs) / 1000)),
      version: scheduler?.version ?? null,
      state: states === undefined ? 'damaged' : 'whole',
      log: schedulePaths(context.root).log,
      jobs,
    };
    return { json, text: [firstLine(json, context), '', tableOf(jobs)].join('\n'), exitCode: scheduler === undefined ? 1 : 0 };
  },
});

type JobReport = ReturnType<typeof describeJob>;

function describeJob(job: ScheduledJob, state: JobState | undefined, nowMs: number, root: string) {
  const isRunning = state?.running != null && isStillRunning(root, state.running);
  const last = state?.last ?? null;
  return {
    name: job.name,
    cron: job.cron,
    time_zone: job.timeZone,
    command: job.command,
    next_run: isoOrNull(nextOf(job, state, nowMs)),
    running_since: isoOrNull(isRunning ? state?.running?.startedMs : undefined),
    retry_at: isoOrNull(state?.running === null ? state.pending?.notBeforeMs : undefined),
    attempts: state?.pending?.attempts ?? 0,
    last_slot: isoOrNull(last?.slotMs),
    last_started_at: isoOrNull(last?.startedMs),
    last_finished_at: isoOrNull(last?.finishedMs),
    last_result: last?.result ?? null,
    last_exit_code: last?.exitCode ?? null,
    last_run_id: last?.runId ?? null,
    last_done_at: isoOrNull(state?.lastDoneMs),
    missed: state?.missed.count ?? 0,
    missed_slots: (state?.missed.slotsMs ?? []).map((timeMs) => new Date(timeMs).toISOString()),
  };
}

function nextOf(job: ScheduledJob, state: JobState | undefined, nowMs: number): number | null {
  return slotsOfJob(job).next(Math.max(nowMs, state?.settledMs ?? nowMs));
}

function firstLine(status: { readonly running: boolean; readonly pid: number | null; readonly memory_bytes: number | null; readonly uptime_seconds: number | null; readonly state: string }, context: CommandContext): string {
  const damaged = status.state === 'damaged' ? ' Its state file is damaged; the next start mends it.' : '';
  if (!status.running) return `No scheduler runs for ${context.root}. forecastlab-predict schedule start starts it.${damaged}`;
  const memory = status.memory_bytes === null ? '' : `, ${(status.memory_bytes / 1e6).toFixed(0)} MB`;
  return `The scheduler runs: process ${status.pid}${memory}, up ${saySpan((status.uptime_seconds ?? 0) * 1000)}.${damaged}`;
}

function tableOf(jobs: readonly JobReport[]): string {
  const time = (iso: string | null): string => (iso === null ? '' : sayTime(Math.floor(Date.parse(iso) / 1000) * 1000));
  return formatTable(jobs, [
    { header: 'job', value: ({ name }) => name },
    { header: 'due', value: ({ cron, time_zone }) => `${cron} ${time_zone}` },
    { header: 'next run', value: ({ next_run, running_since, retry_at }) => (running_since !== null ? 'runs now' : retry_at !== null ? `${time(retry_at)} (again)` : time(next_run)) },
    { header: 'last run', value: ({ last_started_at }) => time(last_started_at) },
    { header: 'last result', value: ({ last_result, last_exit_code }) => (last_result === null ? '' : `${last_result}${last_exit_code === null || last_result === 'done' ? '' : ` (exit ${last_exit_code})`}`) },
    { header: 'last done', value: ({ last_done_at }) => time(last_done_at) },
    { header: 'missed', value: ({ missed }) => missed },
  ]);
}

function isoOrNull(timeMs: number | null | undefined): string | null {
  return timeMs == null ? null : new Date(timeMs).toISOString();
}
