// A finished run as it lies on disk: its report, after a look whether all its files are still there.
import { ForecastLabError } from '@forecastlab/core';
import type { ArtifactStore } from '@forecastlab/core/node';
import { readReport } from './read-report.js';
import { runPaths } from './run-folder.js';
import type { SearchReport } from './search-report.js';

const FILES = ['fold_ranges.csv', 'reversal_param_search_wf_results.csv', 'report.md', 'report.html'];

/** @throws BAD_FILE when the run is not finished, CORRUPT when a file of it is gone or its report is another run's */
export async function readFinishedRun(store: ArtifactStore, run: string): Promise<SearchReport> {
  const paths = runPaths(run);
  const report = await readReport(store, paths.report);
  const hint = `Remove ${store.describe(paths.folder)} and run the search again.`;
  if (report.run !== run) throw new ForecastLabError('CORRUPT', `${store.describe(paths.report)} is the report of another run, ${report.run}.`, { hint, details: { run } });
  const names = [...FILES, ...report.candidates.flatMap(({ name }) => [`${name}/fold_metrics.csv`, `${name}/predictions.csv`])];
  for (const name of names) {
    if (await store.exists(paths.file(name))) continue;
    throw new ForecastLabError('CORRUPT', `The run ${run} is not whole: ${store.describe(paths.file(name))} is gone.`, { hint, details: { run, file: name } });
  }
  return report;
}
