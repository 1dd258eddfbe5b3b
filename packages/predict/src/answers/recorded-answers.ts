// What run records say of the answers that they wrote: with which bundle, and which bytes.
import type { DailyPrediction } from '@forecastlab/core';
import type { ArtifactStore } from '@forecastlab/core/node';

/** The facts of one answer in a run record. */
export interface RecordedAnswer {
  /** Relative to the store. */
  readonly path: string;
  /** Of the file's bytes. */
  readonly sha256: string;
  readonly deploy_name: string;
  readonly backfilled: boolean;
  /** Warnings that the run added to those of the bundle. */
  readonly run_warnings: readonly string[];
}

const JOBS = ['predict', 'backfill'] as const;
/** A month of hourly runs; what is older is not looked for. */
const MAX_RECORDS = 800;
const AT_A_TIME = 16;

/** The facts to record of an answer that lies in the store. */
export function recordAnswer(prediction: DailyPrediction, facts: { readonly path: string; readonly sha256: string; readonly runWarnings: readonly string[] }): RecordedAnswer {
  return { path: facts.path, sha256: facts.sha256, deploy_name: prediction.deploy_name, backfilled: prediction.backfilled === true, run_warnings: facts.runWarnings };
}

/**
 * What the newest run that wrote this path says of it; undefined when no record of the last runs does. Records that cannot be read
 * are passed over: they are no reason to leave a day without its answer.
 */
export async function findRecordedAnswer(store: ArtifactStore, path: string): Promise<RecordedAnswer | undefined> {
  const records = (await Promise.all(JOBS.map((job) => store.list(`outputs/runs/${job}/`)))).flat().filter((file) => file.endsWith('.json'));
  const newestFirst = records.sort((a, b) => (nameOf(a) < nameOf(b) ? 1 : -1)).slice(0, MAX_RECORDS);
  for (let start = 0; start < newestFirst.length; start += AT_A_TIME) {
    const texts = await Promise.all(newestFirst.slice(start, start + AT_A_TIME).map((file) => readText(store, file)));
    for (const text of texts) {
      const found = text.includes(path) ? factsOf(text, path) : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

async function readText(store: ArtifactStore, file: string): Promise<string> {
  const bytes = await store.read(file).catch(() => undefined);
  return bytes === undefined ? '' : new TextDecoder().decode(bytes);
}

function factsOf(text: string, path: string): RecordedAnswer | undefined {
  try {
    const answers = (JSON.parse(text) as { facts?: { answers?: unknown } }).facts?.answers;
    return (Array.isArray(answers) ? answers : []).find((answer): answer is RecordedAnswer => isRecordedAnswer(answer) && answer.path === path);
  } catch {
    return undefined;
  }
}

function isRecordedAnswer(value: unknown): value is RecordedAnswer {
  if (typeof value !== 'object' || value === null) return false;
  const { path, sha256, deploy_name, backfilled, run_warnings } = value as Record<string, unknown>;
  return typeof path === 'string' && typeof sha256 === 'string' && typeof deploy_name === 'string' && typeof backfilled === 'boolean' && Array.isArray(run_warnings);
}
