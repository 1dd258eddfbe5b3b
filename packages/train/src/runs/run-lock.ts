// One process at a time works on a run; whoever resumes waits for the lock of a killed one to grow old.
import { ForecastLabError, isForecastLabError } from '@forecastlab/core';
import type { ArtifactStore } from '@forecastlab/core/node';

/** A killed process leaves its lock behind for half a minute: who resumes its run waits for that. */
const KILLED_HOLDER_MS = 35_000;

export interface RunLockRequest {
  readonly store: ArtifactStore;
  /** Default: false. */
  readonly isResumed?: boolean;
  readonly log?: (text: string) => void;
}

/** Does `work` under the lock at `path`; its signal tells that the lock was lost. Throws TEMPORARY when another process holds it. */
export async function withRunLock<Value>({ store, isResumed = false, log }: RunLockRequest, path: string, work: (isLockLost: AbortSignal) => Promise<Value>): Promise<Value> {
  let hasBegun = false;
  try {
    return await store.withLock(path, { waitMs: 0 }, async ({ signal }) => {
      hasBegun = true;
      return work(signal);
    });
  } catch (error) {
    if (hasBegun || !isResumed || !isForecastLabError(error) || error.code !== 'TEMPORARY') throw error;
    log?.(`The run is locked, by another process or by one that was killed: waiting for up to ${KILLED_HOLDER_MS / 1000} s.`);
    return store.withLock(path, { waitMs: KILLED_HOLDER_MS }, async ({ signal }) => work(signal));
  }
}

/** An interruption says how to go on. */
export async function withResumeHint<Value>(run: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (!isForecastLabError(error) || error.code !== 'INTERRUPTED') throw error;
    throw new ForecastLabError('INTERRUPTED', error.message, { hint: `The fits done so far are kept. Go on with the same command and --run ${run} --resume.`, details: error.details, cause: error });
  }
}
