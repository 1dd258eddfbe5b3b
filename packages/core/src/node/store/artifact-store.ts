// Where commands keep what they make: a folder or an object store behind one interface. Every write is whole or absent.
import { ForecastLabError } from '../../errors.js';
import type { HeldLock, LockOptions } from './with-lock.js';

/** Bytes together with the version of the artifact that they are. */
export interface VersionedBytes {
  readonly bytes: Uint8Array;
  /** Opaque; changes when the bytes change (a generation number, an etag, a sha256). */
  readonly version: string;
}

/**
 * Artifacts by relative POSIX path (`models/production/active.json`). Every method throws BAD_OPTION for a path that
 * is not one, and BAD_FILE when a link leads out of the store.
 */
export interface ArtifactStore {
  /** The bytes, or undefined when there is none. Throws BAD_FILE when larger than `maxBytes`. */
  read(path: string, options?: { readonly maxBytes?: number }): Promise<Uint8Array | undefined>;
  /** Like `read`, with the version that `replace` can be made to depend on. */
  readVersioned(path: string, options?: { readonly maxBytes?: number }): Promise<VersionedBytes | undefined>;
  exists(path: string): Promise<boolean>;
  /** Paths that begin with `prefix`, sorted by code unit. Give `models/` to mean a folder; '' lists all. */
  list(prefix: string): Promise<string[]>;
  /** Writes what does not exist yet. Throws CONFLICT when it does. */
  createOnly(path: string, bytes: Uint8Array): Promise<void>;
  /**
   * Writes, over what is there.
   * @param options.ifMatch only if that is still the version there; null: only if there is none. Else throws CONFLICT.
   * @param options.guard runs right before the bytes take their place; what it throws keeps the old ones. For the check of a lock.
   */
  replace(path: string, bytes: Uint8Array, options?: { readonly ifMatch?: string | null; readonly guard?: (() => Promise<void>) | undefined }): Promise<void>;
  /** Adds one line (a JSON object) to a JSON-lines artifact. */
  append(path: string, line: string): Promise<void>;
  /** Removes; without effect when there is none. */
  remove(path: string): Promise<void>;
  /** Removes what killed writers left half written under a folder (`outputs/x/`), or of one artifact (`data/x.csv`), that the caller alone writes to now. */
  sweep(path: string): Promise<void>;
  /** Runs `work` while no other holder of the same lock runs. Throws TEMPORARY when it is held for too long. */
  withLock<T>(path: string, options: LockOptions, work: (lock: HeldLock) => Promise<T>): Promise<T>;
  /** For messages: the folder or the bucket address; with a path, the place of that artifact. */
  describe(path?: string): string;
}

/**
 * Creates an artifact, or finds the same bytes there already (an earlier run, or a lost answer of the store).
 * Throws CONFLICT when other bytes lie there.
 */
export async function createOrCompare(store: ArtifactStore, path: string, bytes: Uint8Array): Promise<'created' | 'unchanged'> {
  try {
    await store.createOnly(path, bytes);
    return 'created';
  } catch (error) {
    if (!(error instanceof ForecastLabError) || error.code !== 'CONFLICT') throw error;
    const there = await store.read(path);
    if (there !== undefined && isSameBytes(there, bytes)) return 'unchanged';
    throw error;
  }
}

/** True when both hold the same bytes. */
export function isSameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
