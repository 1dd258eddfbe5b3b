// Writes a file that must not exist yet: whole or absent, and of two writers at once only one succeeds.
import { dirname } from 'node:path';
import { ForecastLabError } from '../../errors.js';
import { nodeFileSystem, systemErrorCode } from './file-system.js';
import { removeQuietly, syncFolder, writeTemporaryFile } from './temporary-file.js';
import { withLock } from './with-lock.js';
import { toBytes, type WriteOptions } from './write-file-whole.js';

/** What link(2) says on FAT, on some network and container mounts, and where it is forbidden. */
const LINK_UNSUPPORTED = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EMLINK'];

/**
 * Creates `path` with these bytes, synced to disk. Makes parent folders.
 * Throws CONFLICT when something lies there already (it is not touched), else the system's error.
 */
export async function createFileOnly(path: string, content: Uint8Array | string, options: WriteOptions = {}): Promise<void> {
  const fs = options.fs ?? nodeFileSystem;
  const temporary = await writeTemporaryFile(fs, path, toBytes(content));
  try {
    await fs.link(temporary, path);
  } catch (error) {
    try {
      if (systemErrorCode(error) === 'EEXIST') throw taken(path, error);
      if (!LINK_UNSUPPORTED.includes(systemErrorCode(error) ?? '')) throw error;
      // Without hard links: a lock keeps other writers out between the look and the rename.
      await withLock(path, {}, async () => {
        if (await isThere(path)) throw taken(path, error);
        await fs.rename(temporary, path);
      });
    } catch (reason) {
      await removeQuietly(fs, temporary);
      throw reason;
    }
  }
  await removeQuietly(fs, temporary);
  await syncFolder(fs, dirname(path));

  async function isThere(file: string): Promise<boolean> {
    try {
      await fs.lstat(file);
      return true;
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return false;
      throw error;
    }
  }
}

function taken(path: string, cause: unknown): ForecastLabError {
  return new ForecastLabError('CONFLICT', `${path} exists already. It was left as it is.`, { details: { file: path }, cause });
}
