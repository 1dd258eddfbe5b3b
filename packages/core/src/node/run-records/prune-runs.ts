// Keeps the records of a job from growing without bound: an hourly trigger makes 8,760 a year.
import type { ArtifactStore } from '../store/index.js';
import { jobFolder } from './job-folder.js';

/** Six weeks of hourly runs, or three years of daily ones. What records are read for (mending the last week, dashboards) is younger. */
const KEEP = 1000;
/** A folder that was never tidied is tidied over several runs. */
const MAX_REMOVED = 100;

/** Removes the oldest records of a job beyond `keep` (default 1000), at most 100 at a time; gives how many. Throws what the store throws. */
export async function pruneRuns(store: ArtifactStore, options: { readonly job: string; readonly keep?: number }): Promise<number> {
  const { job, keep = KEEP } = options;
  // Run ids sort by time.
  const paths = (await store.list(jobFolder(job))).filter((path) => path.endsWith('.json'));
  const old = paths.slice(0, Math.max(0, paths.length - keep)).slice(0, MAX_REMOVED);
  for (const path of old) await store.remove(path);
  return old.length;
}
