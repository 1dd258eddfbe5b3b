// report.json of a finished run, for those who show or compare it.
import { ForecastLabError } from '@forecastlab/core';
import type { ArtifactStore } from '@forecastlab/core/node';
import { z } from 'zod';
import type { SearchReport } from './search-report.js';

/** What readers lean on; the rest was written by this program together with it. */
const reportSchema = z.looseObject({
  schema: z.literal('forecastlab.search/1'),
  run: z.string(),
  market: z.looseObject({ interval: z.string(), fingerprint: z.string() }),
  options: z.looseObject({ features: z.string(), model: z.string() }),
  flaws: z.array(z.string()),
  candidates: z.array(z.looseObject({ name: z.string(), T: z.number(), X: z.number().optional(), V: z.number().optional(), folds: z.number() })),
  failures: z.array(z.looseObject({ candidate: z.string(), message: z.string() })),
  verdict: z.looseObject({ hasSkill: z.boolean(), sentence: z.string() }),
});

/** Reads a report. Throws BAD_FILE when there is none, CORRUPT when it is not one. */
export async function readReport(store: ArtifactStore, path: string): Promise<SearchReport> {
  const bytes = await store.read(path);
  const file = store.describe(path);
  if (bytes === undefined) throw new ForecastLabError('BAD_FILE', `There is no finished run: ${file} does not exist.`, { hint: 'forecastlab-train runs list shows the runs; one that was interrupted goes on with search --run NAME --resume.', details: { file } });
  try {
    return reportSchema.parse(JSON.parse(new TextDecoder().decode(bytes))) as unknown as SearchReport;
  } catch (cause) {
    throw new ForecastLabError('CORRUPT', `${file} is not the report of a run.`, { hint: 'Remove the folder and run the search again.', details: { file }, cause });
  }
}
