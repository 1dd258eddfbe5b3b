// What run records say of the answers that their runs wrote, or found: with which bundle, and which bytes.
import type { DailyPrediction } from '@forecastlab/core';
import { type ArtifactStore, isBundleProblem } from '@forecastlab/core/node';
import { runWarningsOf } from '../bundle/run-bundles.js';

/** The facts of one answer in a run record. */
export interface RecordedAnswer {
  /** Relative to the store. */
  readonly path: string;
  /** Of the file's bytes. */
  readonly sha256: string;
  readonly deploy_name: string;
  readonly backfilled: boolean;
  /** Its warnings that another bundle answered than the one that was meant to. */
  readonly run_warnings: readonly string[];
}

const JOBS = ['predict', 'backfill'] as const;
/** A month of hourly runs; what is older is not looked for. */
const MAX_RECORDS = 800;
const AT_A_TIME = 16;

/** The facts to record of an answer that lies in the store. */
export function recordAnswer(prediction: DailyPrediction, { path, sha256 }: { readonly path: string; readonly sha256: string }): RecordedAnswer {
  return { path, sha256, deploy_name: prediction.deploy_name, backfilled: prediction.backfilled === true, run_warnings: runWarningsOf(prediction.warnings) };
}

/**
 * What the newest run that wrote a path, or found it whole, says of it; by path. Records that cannot be read are passed over: they are no
 * reason to leave a day without its answer.
 */
export async function readRecordedAnswers(store: ArtifactStore): Promise<ReadonlyMap<string, RecordedAnswer>> {
  const records = (await Promise.all(JOBS.map((job) => store.list(`outputs/runs/${job}/`)))).flat().filter((file) => file.endsWith('.json'));
  const newestFirst = records.sort((a, b) => (nameOf(a) < nameOf(b) ? 1 : -1)).slice(0, MAX_RECORDS);
  const answers = new Map<string, RecordedAnswer>();
  for (let start = 0; start < newestFirst.length; start += AT_A_TIME) {
    const texts = await Promise.all(newestFirst.slice(start, start + AT_A_TIME).map((file) => readText(store, file)));
    for (const answer of texts.flatMap(answersOf)) if (!answers.has(answer.path)) answers.set(answer.path, answer);
  }
  return answers;
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

async function readText(store: ArtifactStore, file: string): Promise<string> {
  const bytes = await store.read(file).catch((error: unknown) => {
    if (isBundleProblem(error)) return undefined;
    throw error;
  });
  return bytes === undefined ? '' : new TextDecoder().decode(bytes);
}

function answersOf(text: string): readonly RecordedAnswer[] {
  try {
    const answers = (JSON.parse(text) as { facts?: { answers?: unknown } }).facts?.answers;
    return Array.isArray(answers) ? answers.filter(isRecordedAnswer) : [];
  } catch {
    return [];
  }
}

function isRecordedAnswer(value: unknown): value is RecordedAnswer {
  if (typeof value !== 'object' || value === null) return false;
  const { path, sha256, deploy_name, backfilled, run_warnings } = value as Record<string, unknown>;
  return typeof path === 'string' && typeof sha256 === 'string' && typeof deploy_name === 'string' && typeof backfilled === 'boolean' && Array.isArray(run_warnings);
}
