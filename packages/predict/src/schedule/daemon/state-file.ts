// outputs/scheduler/state.json: written whole before an attempt starts and after it has ended. One that is damaged is put aside,
// and what it said is told anew from the records of the attempts.
import { readdir, rename } from 'node:fs/promises';
import { basename } from 'node:path';
import { readFileBytes, systemErrorCode, writeFileWhole } from '@forecastlab/core/node/files';
import type { ScheduledJob } from '../jobs/scheduled-job.js';
import { type JobState, newJobState, scheduleName } from '../plan/job-state.js';
import { formatState, parseState } from '../plan/parse-state.js';
import { endOf, readRunOfJob, type RunOfJob } from '../plan/read-run.js';
import { schedulePaths } from '../schedule-paths.js';

const MAX_BYTES = 2 ** 24;
/** Enough to find the last attempt of every job. */
const RECORDS_READ = 200;

/** What was found. */
export interface LoadedState {
  readonly jobs: Map<string, JobState>;
  /** What was wrong with the file, and where it lies now. */
  readonly damage: { readonly reason: string; readonly kept: string } | null;
}

export async function writeState(root: string, jobs: ReadonlyMap<string, JobState>): Promise<void> {
  await writeFileWhole(schedulePaths(root).stateFile, formatState(jobs));
}

/** Reads the state. Throws the system's error where the file cannot be read or put aside at all. */
export async function loadState(root: string, jobs: readonly ScheduledJob[], nowMs: number): Promise<LoadedState> {
  const file = schedulePaths(root).stateFile;
  let text: string;
  try {
    text = new TextDecoder().decode(await readFileBytes(file, { maxBytes: MAX_BYTES }));
  } catch (error) {
    // Without a file and without records this is a first start: nothing of the past is owed.
    if (systemErrorCode(error) === 'ENOENT') return { jobs: await stateFromRecords(root, jobs, nowMs, 0), damage: null };
    throw error;
  }
  try {
    return { jobs: parseState(text), damage: null };
  } catch (error) {
    const kept = `${file}.damaged-${new Date(nowMs).toISOString().replace(/[-:.]/g, '')}`;
    await rename(file, kept);
    const reason = error instanceof Error ? error.message : String(error);
    return { jobs: await stateFromRecords(root, jobs, nowMs, 1), damage: { reason, kept: basename(kept) } };
  }
}

/** @param debt 1 when a job of which no attempt is known may have missed the slots of its grace time, 0 when it is new */
async function stateFromRecords(root: string, jobs: readonly ScheduledJob[], nowMs: number, debt: 0 | 1): Promise<Map<string, JobState>> {
  const newest = await newestRecords(root);
  const states = new Map<string, JobState>();
  for (const job of jobs) {
    const record = newest.get(job.name);
    if (record !== undefined) states.set(job.name, stateFromRecord(job, record, nowMs));
    else if (debt === 1) states.set(job.name, newJobState(scheduleName(job), nowMs - job.graceMs));
  }
  return states;
}

async function newestRecords(root: string): Promise<Map<string, RunOfJob>> {
  const names = await readdir(schedulePaths(root).runs).catch(() => []);
  const newest = new Map<string, RunOfJob>();
  for (const name of names.filter((file) => file.endsWith('.json')).sort().reverse().slice(0, RECORDS_READ)) {
    const record = await readRunOfJob(root, name.replace(/\.json$/, ''));
    if (record !== undefined && !newest.has(record.facts.job)) newest.set(record.facts.job, record);
  }
  return newest;
}

/** As if the attempt had just been found running: whoever goes on settles it, by its record or by looking for its processes. */
function stateFromRecord(job: ScheduledJob, record: RunOfJob, nowMs: number): JobState {
  const { attempt } = record.facts;
  const [slotMs, startedMs] = [Date.parse(record.facts.slot), Date.parse(record.started_at)];
  const state = newJobState(scheduleName(job), slotMs);
  if (record.finished_at !== null && record.exit_code === 0) {
    const end = endOf(record, null, nowMs);
    return { ...state, last: { runId: record.run_id, slotMs, attempt, startedMs, ...end }, lastDoneMs: end.finishedMs };
  }
  return { ...state, pending: { slotMs, attempts: attempt, failures: attempt - 1, temporary: 0, notBeforeMs: nowMs, delayMs: 0 }, running: { runId: record.run_id, slotMs, startedMs, process: null } };
}
