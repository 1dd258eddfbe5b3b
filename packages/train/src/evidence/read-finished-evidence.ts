// A finished evidence run as it lies on disk: its report, after a look whether all its files are still there.
import { ForecastLabError } from '@forecastlab/core';
import type { ArtifactStore } from '@forecastlab/core/node';
import { z } from 'zod';
import { evidencePaths } from '../search/run-folder.js';
import type { EvidenceReport } from './evidence-report.js';

const reportSchema = z.looseObject({ schema: z.literal('forecastlab.evidence/1'), run: z.string(), pooled: z.array(z.looseObject({ candidate: z.string() })) });

/** Largest evidence.json that is read. */
const MAX_REPORT_BYTES = 256_000_000;

/** @throws BAD_FILE when the run is not finished, CORRUPT when a file of it is gone or its report is none of ours */
export async function readFinishedEvidence(store: ArtifactStore, run: string): Promise<EvidenceReport> {
  const paths = evidencePaths(run);
  const where = store.describe(paths.report);
  const hint = `Remove ${store.describe(paths.folder)} and run evidence again.`;
  const bytes = await store.read(paths.report, { maxBytes: MAX_REPORT_BYTES });
  if (bytes === undefined) throw new ForecastLabError('BAD_FILE', `${where} does not exist: the run ${run} is not finished.`, { details: { run } });
  const report = readReport(bytes);
  if (report?.run !== run) throw new ForecastLabError('CORRUPT', `${where} is not the report of the run ${run}.`, { hint, details: { run } });
  for (const name of ['report.md', 'report.html', ...report.pooled.map(({ candidate }) => `${candidate}/predictions.csv`)]) {
    if (await store.exists(paths.file(name))) continue;
    throw new ForecastLabError('CORRUPT', `The run ${run} is not whole: ${store.describe(paths.file(name))} is gone.`, { hint, details: { run, file: name } });
  }
  return report;
}

function readReport(bytes: Uint8Array): EvidenceReport | undefined {
  try {
    // written by this program; what is looked at here is checked
    return reportSchema.parse(JSON.parse(new TextDecoder().decode(bytes))) as unknown as EvidenceReport;
  } catch {
    return undefined;
  }
}
