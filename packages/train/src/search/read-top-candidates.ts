// The best candidates of an earlier run, read from its results: the file is in the order of its ranking.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Candidate, ForecastLabError, isForecastLabError, parseCandidates } from '@forecastlab/core';
import type { ArtifactStore } from '@forecastlab/core/node';
import { runPaths } from './run-folder.js';

const RESULTS = 'reversal_param_search_wf_results.csv';
/** A thousand candidates need about 500 kB. */
const MAX_RESULTS_BYTES = 16_000_000;

/**
 * The first `topK` candidates of a run, or of a results file when `from` ends in .csv; all when it has fewer.
 * @throws BAD_FILE when there are no results or they cannot be read
 */
export async function readTopCandidates(store: ArtifactStore, { from, topK, cwd }: { readonly from: string; readonly topK: number; readonly cwd: string }): Promise<readonly Candidate[]> {
  const isPath = from.toLowerCase().endsWith('.csv');
  const file = isPath ? resolve(cwd, from) : store.describe(runPaths(from).file(RESULTS));
  const text = isPath ? await readNamed(file) : await readRun(store, from, file);
  const [header, ...lines] = text.split(/\r?\n/).filter((line) => line !== '');
  const place = header?.split(',').indexOf('candidate') ?? -1;
  if (place < 0) throw new ForecastLabError('BAD_FILE', `${file} has no column \`candidate\`.`, { details: { file } });
  try {
    return parseCandidates(lines.slice(0, topK).map((line) => line.split(',')[place] ?? ''));
  } catch (cause) {
    if (!isForecastLabError(cause)) throw cause;
    throw new ForecastLabError('BAD_FILE', `${file}: ${cause.message}`, { details: { file }, cause });
  }
}

async function readNamed(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new ForecastLabError('BAD_FILE', `The results ${file} cannot be read.`, { hint: 'Name a run, or the path of its reversal_param_search_wf_results.csv.', details: { file }, cause });
  }
}

async function readRun(store: ArtifactStore, run: string, file: string): Promise<string> {
  const bytes = await store.read(runPaths(run).file(RESULTS), { maxBytes: MAX_RESULTS_BYTES });
  if (bytes === undefined) throw new ForecastLabError('BAD_FILE', `The run ${run} has no results: ${file} does not exist.`, { hint: 'Name a run that has ended.', details: { file } });
  return new TextDecoder().decode(bytes);
}
