// Replaces a file so that a reader, a crash or a full disk sees the old bytes or the new ones, never a mixture.
// Idea: npm write-file-atomic; here short writes are continued and the folder is synced too.
import { dirname } from 'node:path';
import { type FileSystem, nodeFileSystem } from './file-system.js';
import { removeQuietly, syncFolder, writeTemporaryFile } from './temporary-file.js';

/** Options of the functions that write files. */
export interface WriteOptions {
  /** Default: the file system of this machine. */
  readonly fs?: FileSystem;
}

/**
 * Writes `path` whole: temporary file in the same folder, full write, fsync, rename, fsync of the folder.
 * Makes parent folders. A string is written as UTF-8.
 * Throws the system's error (ENOSPC, EACCES, ...); the old file is then still there, or the new one is, whole.
 */
export async function writeFileWhole(path: string, content: Uint8Array | string, options: WriteOptions & { /** Runs once the bytes are on disk, right before they take the place; what it throws keeps the old ones. */ readonly guard?: (() => Promise<void>) | undefined } = {}): Promise<void> {
  const fs = options.fs ?? nodeFileSystem;
  const temporary = await writeTemporaryFile(fs, path, toBytes(content));
  try {
    await options.guard?.();
    await fs.rename(temporary, path);
  } catch (error) {
    await removeQuietly(fs, temporary);
    throw error;
  }
  await syncFolder(fs, dirname(path));
}

/** Text as UTF-8; bytes as they are. */
export function toBytes(content: Uint8Array | string): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}
