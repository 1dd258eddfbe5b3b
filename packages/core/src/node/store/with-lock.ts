// One writer at a time, across processes of one machine (or of a shared folder that has an atomic mkdir).
// proper-lockfile: the lock is a folder `<path>.lock` whose time stamp its holder keeps fresh; a stale one may be taken
// over, because a laptop may sleep for hours in mid-run and a killed process cannot clean up.
import { dirname } from 'node:path';
import lockfile from 'proper-lockfile';
import { ForecastLabError } from '../../errors.js';
import { nodeFileSystem, systemErrorCode } from './file-system.js';
import { makeFolder } from './temporary-file.js';

/** Options of `withLock`. */
export interface LockOptions {
  /** How long to wait for another holder, in ms. Default 10000. 0: try once. */
  readonly waitMs?: number;
  /** A lock that nobody has kept fresh for this long, in ms, is taken over. Default 30000; at least 2000. */
  readonly staleMs?: number;
}

/** Given to the work that runs under a lock. */
export interface HeldLock {
  /** Aborted when the lock was lost: the machine slept past `staleMs` and another process took over. Check before a decisive write. */
  readonly signal: AbortSignal;
}

const POLL_MS = 50;

/**
 * Runs `work` while holding the lock of `path` (which need not exist; its folder is made).
 * Throws TEMPORARY when another process holds it for longer than `waitMs`.
 */
export async function withLock<T>(path: string, options: LockOptions, work: (lock: HeldLock) => Promise<T>): Promise<T> {
  const { waitMs = 10_000, staleMs = 30_000 } = options;
  await makeFolder(nodeFileSystem, dirname(path));
  const lost = new AbortController();
  const release = await acquire(path, waitMs, staleMs, (cause) => lost.abort(lostLock(path, cause)));
  try {
    return await work({ signal: lost.signal });
  } finally {
    // A lost lock belongs to somebody else now; any other failure leaves a lock that goes stale by itself.
    await release().catch(() => undefined);
  }
}

async function acquire(path: string, waitMs: number, staleMs: number, onCompromised: (cause: Error) => void): Promise<() => Promise<void>> {
  try {
    return await lockfile.lock(path, {
      realpath: false,
      stale: staleMs,
      retries: { retries: Math.ceil(waitMs / POLL_MS), minTimeout: POLL_MS, maxTimeout: POLL_MS, factor: 1 },
      onCompromised,
    });
  } catch (cause) {
    if (systemErrorCode(cause) !== 'ELOCKED') throw cause;
    throw new ForecastLabError('TEMPORARY', `Another process is working on ${path} (it holds ${path}.lock).`, {
      hint: `Wait for it to end. A lock left over by a killed process is taken over ${Math.ceil(staleMs / 1000)} seconds after its last sign of life.`,
      details: { file: path, lock: `${path}.lock` },
      cause,
    });
  }
}

function lostLock(path: string, cause: Error): ForecastLabError {
  return new ForecastLabError('TEMPORARY', `The lock of ${path} was lost: this process stood still too long, and another may have taken over.`, {
    hint: 'Run the command again.',
    details: { file: path },
    cause,
  });
}
