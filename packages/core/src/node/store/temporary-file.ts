// Bytes safely on disk under a name that nobody looks at, in the folder where they will be needed: the first half of
// every whole write. rename and link are atomic within one file system only, hence the same folder.
import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { type FileSystem, systemErrorCode } from './file-system.js';

const TEMPORARY_NAME = /^\.forecastlab-[0-9a-f]{8}-\d+-\d+\.tmp$/;
/** A killed process leaves at most one file per write; a later process of the same number steps over them. */
const MAX_LEFTOVERS = 10_000;
let counter = 0;

/** True for the name of a temporary file, in use or left over by a killed process. */
export function isTemporaryName(path: string): boolean {
  return TEMPORARY_NAME.test(basename(path));
}

/** Removes the temporary files that were to become `path`, left over by killed processes. Only for who alone writes to it. */
export async function removeLeftovers(fs: FileSystem, path: string): Promise<void> {
  const folder = dirname(path);
  for (const { name } of await fs.readdir(folder, { withFileTypes: true })) {
    if (isTemporaryName(name) && name.startsWith(namePrefix(path))) await removeQuietly(fs, join(folder, name));
  }
}

/** Whose it is can be told from its name, whatever the length of the name that it stands for. */
function namePrefix(path: string): string {
  return `.forecastlab-${createHash('sha256').update(basename(path)).digest('hex').slice(0, 8)}-`;
}

/** Writes `bytes` to a new temporary file beside `path`, synced to disk, and gives its path. On error it is removed. */
export async function writeTemporaryFile(fs: FileSystem, path: string, bytes: Uint8Array): Promise<string> {
  const folder = dirname(path);
  await makeFolder(fs, folder);
  for (let attempt = 0; ; attempt += 1) {
    counter += 1;
    const temporary = join(folder, `${namePrefix(path)}${process.pid}-${counter}.tmp`);
    try {
      await writeNewFile(fs, temporary, bytes);
      return temporary;
    } catch (error) {
      if (systemErrorCode(error) === 'EEXIST' && attempt < MAX_LEFTOVERS) continue;
      throw nameTarget(error, path);
    }
  }
}

/** The system names the temporary file, or none at all when the disk is full; people know the file that was meant. */
function nameTarget(error: unknown, path: string): unknown {
  return error instanceof Error && systemErrorCode(error) !== undefined ? Object.assign(error, { path }) : error;
}

async function writeNewFile(fs: FileSystem, path: string, bytes: Uint8Array): Promise<void> {
  const file = await fs.open(path, 'wx');
  try {
    try {
      await writeAll(file, bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    await removeQuietly(fs, path);
    throw error;
  }
}

/** Writes every byte; one write(2) may take fewer than it is given. */
export async function writeAll(file: { write: Awaited<ReturnType<FileSystem['open']>>['write'] }, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.byteLength; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.byteLength - done, null);
    if (bytesWritten <= 0) throw Object.assign(new Error('The file system took no more bytes.'), { code: 'EIO' });
    done += bytesWritten;
  }
}

/** Removes a file; a failure is passed over, because the error that led here matters more. */
export async function removeQuietly(fs: FileSystem, path: string): Promise<void> {
  await fs.unlink(path).catch(() => undefined);
}

/** Makes a folder and its parents; the new entries are on disk when it returns. */
export async function makeFolder(fs: FileSystem, folder: string): Promise<void> {
  const first = await fs.mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; ; made = dirname(made)) {
    await syncFolder(fs, dirname(made));
    if (made === first || made === dirname(made)) return;
  }
}

/** fsync of a folder, so that a rename or link in it survives a power cut. Without effect where folders cannot be synced. */
export async function syncFolder(fs: FileSystem, folder: string): Promise<void> {
  try {
    const handle = await fs.open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    // Windows cannot open a folder (EISDIR, EPERM, EACCES); some network mounts cannot sync one (EINVAL, ENOTSUP).
    if (!['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'EBADF'].includes(systemErrorCode(error) ?? '')) throw error;
  }
}
