// One writer at a time, across processes of one machine (or of a shared folder that has an atomic mkdir).
// proper-lockfile: the lock is a folder `<path>.lock` whose time stamp its holder keeps fresh; a stale one may be taken
// over, because a laptop may sleep for hours in mid-run and a killed process cannot clean up.
import * as fs from 'node:fs';
import * as promises from 'node:fs/promises';
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
  /** Aborted when the lock was lost: the machine slept past `staleMs` and another process took over. Told late to a process that stood still. */
  readonly signal: AbortSignal;
  /** Looks whether the lock is still this one. Call it right before a decisive write. Throws TEMPORARY when it was lost. */
  check(): Promise<void>;
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
  // The lock is ours while its time stamp is the one that we gave it last.
  let stampMs = 0;
  const release = await acquire(path, waitMs, staleMs, { onStamp: (ms) => (stampMs = ms), onCompromised: (cause) => lost.abort(lostLock(path, cause)) });
  stampMs = (await stampOf(path)) ?? 0;
  const check = async (): Promise<void> => {
    lost.signal.throwIfAborted();
    if ((await stampOf(path)) !== stampMs) throw lostLock(path);
  };
  try {
    return await work({ signal: lost.signal, check });
  } finally {
    // A lost lock belongs to somebody else now; any other failure leaves a lock that goes stale by itself.
    await release().catch(() => undefined);
  }
}

async function acquire(path: string, waitMs: number, staleMs: number, { onStamp, onCompromised }: { onStamp(ms: number): void; onCompromised(cause: Error): void }): Promise<() => Promise<void>> {
  const utimes: typeof fs.utimes = Object.assign((file: fs.PathLike, atime: fs.TimeLike, mtime: fs.TimeLike, done: fs.NoParamCallback) => {
    fs.utimes(file, atime, mtime, (error) => {
      if (error === null) onStamp(new Date(mtime as Date | number).getTime());
      done(error);
    });
  }, { __promisify__: fs.utimes.__promisify__ });
  const before = await stampOf(path);
  try {
    return await lockfile.lock(path, {
      realpath: false,
      fs: { ...fs, utimes },
      stale: staleMs,
      retries: { retries: Math.ceil(waitMs / POLL_MS), minTimeout: POLL_MS, maxTimeout: POLL_MS, factor: 1 },
      onCompromised,
    });
  } catch (cause) {
    if (systemErrorCode(cause) !== 'ELOCKED') throw cause;
    // A stamp from the future, by a clock that was wrong, never grows stale; one that nobody has renewed for that long is dead.
    if (before !== undefined && waitMs >= staleMs && before > Date.now() && (await stampOf(path)) === before) {
      await promises.utimes(`${path}.lock`, 0, 0);
      return acquire(path, 0, staleMs, { onStamp, onCompromised });
    }
    throw new ForecastLabError('TEMPORARY', `Another process is working on ${path} (it holds ${path}.lock).`, {
      hint: `Wait for it to end. A lock left over by a killed process is taken over ${Math.ceil(staleMs / 1000)} seconds after its last sign of life.`,
      details: { file: path, lock: `${path}.lock` },
      cause,
    });
  }
}

/** Undefined when there is no lock. */
async function stampOf(path: string): Promise<number | undefined> {
  try {
    return (await promises.stat(`${path}.lock`)).mtime.getTime();
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function lostLock(path: string, cause?: Error): ForecastLabError {
  return new ForecastLabError('TEMPORARY', `The lock of ${path} was lost: this process stood still too long, and another may have taken over.`, {
    hint: 'Run the command again.',
    details: { file: path },
    ...(cause === undefined ? {} : { cause }),
  });
}
