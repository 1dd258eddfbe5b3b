// What each run of a job did: one file per run under outputs/runs/<job>/. Facts about the run stand here, so that the
// payloads (predictions, bundles) can be the same bytes whenever they are made.
import { z } from 'zod';
import { ForecastLabError, optionError } from '../../errors.js';
import type { ArtifactStore } from '../store/index.js';

/** outputs/runs/<job>/<run id>.json. */
export interface RunRecord {
  readonly schema: string;
  readonly job: string;
  readonly run_id: string;
  /** UTC, ISO 8601. */
  readonly started_at: string;
  /** Null while it runs, and for ever when it was killed. */
  readonly finished_at: string | null;
  readonly duration_ms: number | null;
  /** As the process ended: 0 done, 3 in part, 75 try again, ... */
  readonly exit_code: number | null;
  /** What the job tells about itself: counts, names, error codes, versions. JSON-safe. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A run that has begun. */
export interface StartedRun {
  readonly record: RunRecord;
  /** Relative to the store. */
  readonly path: string;
  /** Writes the end of the run. `facts` are added to those of the start. */
  finish(options: { readonly exitCode: number; readonly nowMs: number; readonly facts?: Readonly<Record<string, unknown>> }): Promise<RunRecord>;
}

export const RUN_RECORD_SCHEMA = 'forecastlab.run/1';

const recordSchema: z.ZodType<RunRecord> = z.object({
  schema: z.literal(RUN_RECORD_SCHEMA),
  job: z.string(),
  run_id: z.string(),
  started_at: z.string(),
  finished_at: z.string().nullable(),
  duration_ms: z.number().nullable(),
  exit_code: z.number().int().nullable(),
  facts: z.record(z.string(), z.unknown()),
});

const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;

/** Records the start of a run. Throws BAD_OPTION for a name of a job or run that is none, CONFLICT when that run is recorded already. */
export async function startRun(store: ArtifactStore, options: {
  /** Letters, digits, _ and -: `predict`, `data-update`. */
  readonly job: string;
  /** See `createRunId`. */
  readonly runId: string;
  readonly nowMs: number;
  /** Default: none. */
  readonly facts?: Readonly<Record<string, unknown>>;
}): Promise<StartedRun> {
  const { job, runId, nowMs, facts = {} } = options;
  if (!NAME.test(job)) throw optionError('startRun', 'job', 'letters, digits, _ and -', job);
  if (!NAME.test(runId)) throw optionError('startRun', 'runId', 'letters, digits, _ and -', runId);
  const path = `${jobFolder(job)}${runId}.json`;
  const record: RunRecord = {
    schema: RUN_RECORD_SCHEMA,
    job,
    run_id: runId,
    started_at: new Date(nowMs).toISOString(),
    finished_at: null,
    duration_ms: null,
    exit_code: null,
    facts,
  };
  await store.createOnly(path, format(record));
  return {
    record,
    path,
    async finish(end) {
      const finished: RunRecord = {
        ...record,
        finished_at: new Date(end.nowMs).toISOString(),
        duration_ms: end.nowMs - nowMs,
        exit_code: end.exitCode,
        facts: { ...facts, ...end.facts },
      };
      await store.replace(path, format(finished));
      return finished;
    },
  };
}

/** The newest runs of a job, newest first. Throws CORRUPT naming a file that is no run record. */
export async function readRuns(store: ArtifactStore, options: {
  readonly job: string;
  /** At most so many. Default: 20. */
  readonly limit?: number;
}): Promise<RunRecord[]> {
  const paths = (await store.list(jobFolder(options.job))).filter((path) => path.endsWith('.json'));
  const newest = paths.reverse().slice(0, options.limit ?? 20);
  return Promise.all(newest.map((path) => readRun(store, path)));
}

async function readRun(store: ArtifactStore, path: string): Promise<RunRecord> {
  try {
    return recordSchema.parse(JSON.parse(new TextDecoder().decode(await store.read(path))));
  } catch (cause) {
    throw new ForecastLabError('CORRUPT', `${store.describe(path)} is not a run record.`, { hint: 'Move the file aside.', details: { file: store.describe(path) }, cause });
  }
}

function jobFolder(job: string): string {
  return `outputs/runs/${job}/`;
}

function format(record: RunRecord): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(record, null, 2)}\n`);
}
