// The runs under outputs/backtest/, newest names last: finished ones with their verdict, and those that were interrupted.
import { isForecastLabError } from '@forecastlab/core';
import type { ArtifactStore } from '@forecastlab/core/node';
import { readReport } from './read-report.js';
import { BACKTEST_FOLDER, runPaths } from './run-folder.js';
import type { SearchReport } from './search-report.js';

export interface ListedRun {
  readonly run: string;
  readonly state: 'done' | 'unfinished' | 'unreadable';
  /** Null unless the run is done. */
  readonly report: SearchReport | null;
}

/** Every folder with a meta.json, by name. */
export async function listRuns(store: ArtifactStore): Promise<readonly ListedRun[]> {
  const paths = await store.list(BACKTEST_FOLDER);
  const runs = paths.map((path) => /^([^/]+)\/meta\.json$/.exec(path.slice(BACKTEST_FOLDER.length))?.[1]).filter((run) => run !== undefined);
  const listed: ListedRun[] = [];
  for (const run of runs) listed.push(await describe(store, run, paths));
  return listed;
}

async function describe(store: ArtifactStore, run: string, paths: readonly string[]): Promise<ListedRun> {
  try {
    const { report } = runPaths(run);
    if (!paths.includes(report)) return { run, state: 'unfinished', report: null };
    return { run, state: 'done', report: await readReport(store, report) };
  } catch (error) {
    if (!isForecastLabError(error)) throw error;
    return { run, state: 'unreadable', report: null };
  }
}
