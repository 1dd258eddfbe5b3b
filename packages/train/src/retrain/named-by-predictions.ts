// Which bundles predictions were made with: they must stay, or a prediction could not be made again.
import type { ArtifactStore } from '@forecastlab/core/node';

const FOLDER = 'outputs/predictions/';
/** A prediction is a few kilobytes, outcomes.jsonl some megabytes after years. */
const MAX_BYTES = 100_000_000;
const JOBS = ['predict', 'backfill'] as const;
/** Of each job: a lost prediction of the last week is made again by what its run record says, and more than hourly nobody runs. */
const NEWEST_RECORDS = 200;

/**
 * Names of the bundles that predictions of any kind hold, set aside ones too, with those that run records tell of for files that were lost.
 * Predictions whose outcomes are known are not read again: their lines name the bundle, and the line of one that was replaced the one before.
 * @throws what the store throws: a file that cannot be read may name any bundle
 */
export async function namedByPredictions(store: ArtifactStore): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  const paths = await store.list(FOLDER);
  const records = (await Promise.all(JOBS.map((job) => store.list(`outputs/runs/${job}/`)))).flatMap((own) => own.slice(-NEWEST_RECORDS));
  const outcomes = paths.filter((path) => path.endsWith('.jsonl'));
  const scored = new Set<string>();
  for (const path of [...outcomes, ...records, ...paths]) {
    if (scored.has(path)) continue;
    const bytes = await store.read(path, { maxBytes: MAX_BYTES });
    // by text: a damaged prediction names its bundle too
    const text = new TextDecoder().decode(bytes ?? new Uint8Array());
    for (const [, name] of text.matchAll(/"deploy_name"\s*:\s*"([^"]*)"/g)) names.add(name);
    if (path.endsWith('.jsonl')) {
      scored.add(path);
      for (const [, file] of text.matchAll(/"prediction_file"\s*:\s*"([^"]*)"/g)) scored.add(file);
    }
  }
  return names;
}
