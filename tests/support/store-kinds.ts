// Every kind of artifact store behind one fixture, for tests that must hold for all of them.
import { mkdir, mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ArtifactStore, openStore } from '@forecastlab/core/node';
import { startLocalGcs } from '../local-gcs/index.js';

export interface StoreFixture {
  /** A client of the store, as another process would have one. */
  open(): Promise<ArtifactStore>;
  readonly address: string;
  /** Leaves the lock of `path` as a killed process does that died long ago. */
  leaveStaleLock(path: string): Promise<void>;
  /** Takes the lock of `path` away from its holder, as one does who believes it dead. */
  stealLock(path: string): Promise<void>;
  close(): Promise<void>;
}

/** By name: makes an empty store. */
export const STORE_KINDS: readonly (readonly [name: string, make: () => Promise<StoreFixture>])[] = [
  ['a folder', folderFixture],
  ['gs://', gcsFixture],
];

async function folderFixture(): Promise<StoreFixture> {
  const folder = await mkdtemp(join(tmpdir(), 'forecastlab-store-'));
  const address = join(folder, 'root');
  const lockOf = (path: string): string => `${join(address, path)}.lock`;
  const leave = async (path: string, time: Date): Promise<void> => {
    await rm(lockOf(path), { recursive: true, force: true });
    await mkdir(lockOf(path), { recursive: true });
    await utimes(lockOf(path), time, time);
  };
  return {
    open: () => openStore(address),
    address,
    leaveStaleLock: (path) => leave(path, new Date(Date.UTC(2020, 0, 1))),
    stealLock: (path) => leave(path, new Date(Date.now() + 5000)),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

async function gcsFixture(): Promise<StoreFixture> {
  let offsetMs = 0;
  const gcs = await startLocalGcs({ nowMs: () => Date.now() + offsetMs, pageSize: 3 });
  const address = 'gs://bucket/some/prefix';
  return {
    open: () => openStore(address, { env: gcs.env }),
    address,
    leaveStaleLock: async (path) => {
      offsetMs = -3_600_000;
      gcs.objects.put(`some/prefix/${path}.lock`, '{}');
      offsetMs = 0;
    },
    stealLock: async (path) => void gcs.objects.put(`some/prefix/${path}.lock`, '{}'),
    close: gcs.close,
  };
}
