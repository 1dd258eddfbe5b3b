// Reads the state of the scheduler back. By hand: a schema library would cost more memory than the whole scheduler.
import type { ProcessIdentity } from '../process/process-identity.js';
import type { AttemptResult, JobState, PastAttempt, PendingSlot, RunningAttempt, TroubleKind } from './job-state.js';

export const STATE_SCHEMA = 'forecastlab.scheduler-state/1';

const RESULTS: readonly AttemptResult[] = ['done', 'partial', 'temporary', 'refused', 'failed', 'timed-out', 'stopped', 'lost'];
const TROUBLES: readonly TroubleKind[] = ['job-failed', 'job-missed'];

/** The state of each job by its name. Throws Error for anything that is none, saying where. */
export function parseState(text: string): Map<string, JobState> {
  const document = fieldsOf(JSON.parse(text), 'the document');
  if (document.schema !== STATE_SCHEMA) throw new Error(`schema must be ${STATE_SCHEMA}`);
  return new Map(Object.entries(fieldsOf(document.jobs, 'jobs')).map(([name, job]) => [name, readJob(fieldsOf(job, `jobs.${name}`), `jobs.${name}`)]));
}

/** The text that parseState reads. */
export function formatState(jobs: ReadonlyMap<string, JobState>): string {
  return `${JSON.stringify({ schema: STATE_SCHEMA, jobs: Object.fromEntries(jobs) }, null, 2)}\n`;
}

type Fields = Readonly<Record<string, unknown>>;

function readJob(job: Fields, at: string): JobState {
  const missed = fieldsOf(job.missed, `${at}.missed`);
  return {
    schedule: text(job, 'schedule', at),
    settledMs: time(job, 'settledMs', at),
    pending: orNull(job.pending, (value) => readPending(fieldsOf(value, `${at}.pending`), `${at}.pending`)),
    running: orNull(job.running, (value) => readRunning(fieldsOf(value, `${at}.running`), `${at}.running`)),
    last: orNull(job.last, (value) => readPast(fieldsOf(value, `${at}.last`), `${at}.last`)),
    lastDoneMs: orNull(job.lastDoneMs, () => time(job, 'lastDoneMs', at)),
    missed: { count: time(missed, 'count', at), slotsMs: list(missed.slotsMs, `${at}.missed`).map((_, i, all) => time(all, i, `${at}.missed`)) },
    told: list(job.told, `${at}.told`).filter((kind): kind is TroubleKind => TROUBLES.some((known) => known === kind)),
  };
}

function readPending(value: Fields, at: string): PendingSlot {
  return { slotMs: time(value, 'slotMs', at), attempts: time(value, 'attempts', at), failures: time(value, 'failures', at), temporary: time(value, 'temporary', at), notBeforeMs: time(value, 'notBeforeMs', at), delayMs: time(value, 'delayMs', at) };
}

function readRunning(value: Fields, at: string): RunningAttempt {
  const readProcess = (identity: unknown): ProcessIdentity => {
    const fields = fieldsOf(identity, `${at}.process`);
    return { pid: time(fields, 'pid', at), started: text(fields, 'started', at), ...(typeof fields.place === 'string' ? { place: fields.place } : {}) };
  };
  return { runId: text(value, 'runId', at), slotMs: time(value, 'slotMs', at), startedMs: time(value, 'startedMs', at), process: orNull(value.process, readProcess) };
}

function readPast(value: Fields, at: string): PastAttempt {
  const result = RESULTS.find((known) => known === value.result);
  if (result === undefined) throw new Error(`${at}.result must be one of ${RESULTS.join(', ')}`);
  return {
    runId: text(value, 'runId', at),
    slotMs: time(value, 'slotMs', at),
    attempt: time(value, 'attempt', at),
    startedMs: time(value, 'startedMs', at),
    finishedMs: time(value, 'finishedMs', at),
    result,
    exitCode: orNull(value.exitCode, () => time(value, 'exitCode', at)),
    signal: orNull(value.signal, () => text(value, 'signal', at)),
  };
}

function fieldsOf(value: unknown, at: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${at} must be an object`);
  return value as Fields;
}

function list(value: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`${at} must be a list`);
  return value;
}

function text(fields: Fields, key: string, at: string): string {
  const value = fields[key];
  if (typeof value !== 'string') throw new Error(`${at}.${key} must be text`);
  return value;
}

function time(fields: Fields | readonly unknown[], key: string | number, at: string): number {
  const value = (fields as Readonly<Record<string | number, unknown>>)[key];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Error(`${at}.${key} must be a number`);
  return value;
}

function orNull<T>(value: unknown, read: (value: unknown) => T): T | null {
  return value === null ? null : read(value);
}
