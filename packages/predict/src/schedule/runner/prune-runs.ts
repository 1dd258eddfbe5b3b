// Records and outputs of attempts are kept for a year or so, not for ever.
import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { schedulePaths } from '../schedule-paths.js';

/** Two daily jobs with a few retries for more than a year. */
const RECORDS_KEPT = 1000;
const OUTPUTS_KEPT = 100;

/** Removes the oldest records and outputs. Names begin with the time. Never throws. */
export async function pruneRuns(root: string, options: { readonly records?: number; readonly outputs?: number } = {}): Promise<void> {
  const { records = RECORDS_KEPT, outputs = OUTPUTS_KEPT } = options;
  const paths = schedulePaths(root);
  for (const [folder, kept, ending] of [[paths.runs, records, '.json'], [paths.outputs, outputs, '.txt']] as const) {
    const names = await readdir(folder).catch(() => []);
    const old = names.filter((name) => name.endsWith(ending)).sort().slice(0, -kept);
    for (const name of old) await unlink(join(folder, name)).catch(() => undefined);
  }
}
