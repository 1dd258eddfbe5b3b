// What each run of a job did: one file per run under outputs/runs/<job>/. Facts about the run stand here, so that the
// payloads (predictions, bundles) can be the same bytes whenever they are made.
import { z } from 'zod';
import { ForecastLabError, isForecastLabError, optionError } from '../../errors.js';
import { processRedactor } from '../logging/create-redactor.js';
import type { ArtifactStore } from '../store/index.js';
import { jobFolder } from './job-folder.js';
import { pruneRuns } from './prune-runs.js';

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
  /** What the job tells about itself: counts, names, error codes, versions. JSON-safe, without secrets. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A run that has begun. */
export interface StartedRun {
  readonly record: RunRecord;
  /** Relative to the store. */
  readonly path: string;
  /** Writes the end of the run. `facts` are added to those of the start. The oldest records of the job make room. */
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
  /** Secrets in them are taken out. Default: none. */
  readonly facts?: Readonly<Record<string, unknown>>;
}): Promise<StartedRun> {
  const { job, runId, nowMs } = options;
  const facts = cleanFacts(options.facts ?? {});
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
        facts: { ...facts, ...cleanFacts(end.facts ?? {}) },
      };
      await store.replace(path, format(finished));
      // Old records are no reason for a run to fail.
      await pruneRuns(store, { job }).catch(() => undefined);
      return finished;
    },
  };
}

/** The newest runs of a job, newest first. Throws CORRUPT naming a file that is no run record, unless those are skipped. */
export async function readRuns(store: ArtifactStore, options: {
  readonly job: string;
  /** At most so many. Default: 20. */
  readonly limit?: number;
  /** Pass over files that are no run records; the next one takes the place. Default: false. */
  readonly skipDamaged?: boolean;
}): Promise<RunRecord[]> {
  const paths = (await store.list(jobFolder(options.job))).filter((path) => path.endsWith('.json'));
  const { limit = 20, skipDamaged = false } = options;
  const newestFirst = paths.reverse();
  if (!skipDamaged) return Promise.all(newestFirst.slice(0, limit).map((path) => readRun(store, path)));
  const runs: RunRecord[] = [];
  for (const path of newestFirst) {
    if (runs.length >= limit) break;
    const run = await readRun(store, path).catch((error: unknown) => {
      if (isForecastLabError(error) && ['CORRUPT', 'BAD_FILE'].includes(error.code)) return undefined;
      throw error;
    });
    if (run !== undefined) runs.push(run);
  }
  return runs;
}

async function readRun(store: ArtifactStore, path: string): Promise<RunRecord> {
  try {
    return recordSchema.parse(JSON.parse(new TextDecoder().decode(await store.read(path))));
  } catch (cause) {
    throw new ForecastLabError('CORRUPT', `${store.describe(path)} is not a run record.`, { hint: 'Move the file aside.', details: { file: store.describe(path) }, cause });
  }
}

/** Far more than any job tells of itself. */
const FACT_LIMITS = { depth: 16, entries: 20_000, values: 200_000, chars: 100_000 };

function cleanFacts(facts: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return processRedactor().value(facts, FACT_LIMITS) as Readonly<Record<string, unknown>>;
}

function format(record: RunRecord): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(record, null, 2)}\n`);
}
