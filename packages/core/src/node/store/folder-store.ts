// The artifact store in a folder.
import { createHash } from 'node:crypto';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { ForecastLabError } from '../../errors.js';
import { checkArtifactPath } from './artifact-path.js';
import type { ArtifactStore, VersionedBytes } from './artifact-store.js';
import { createFileOnly } from './create-file-only.js';
import { type FileSystem, nodeFileSystem, systemErrorCode } from './file-system.js';
import { appendLine } from './json-lines.js';
import { readFileBytes } from './read-file-bytes.js';
import { checkStaysInside } from './stays-inside.js';
import { isTemporaryName, removeLeftovers, removeQuietly, syncFolder } from './temporary-file.js';
import { type LockOptions, withLock } from './with-lock.js';
import { writeFileWhole, type WriteOptions } from './write-file-whole.js';

/** Held for one read and one small write: a holder that has not moved for 2 s is dead. */
const VERSION_LOCK: LockOptions = { waitMs: 10_000, staleMs: 2_000 };

/**
 * A store in the folder `root`, which is made with the first write.
 * @throws BAD_OPTION for an address such as `gs://bucket/prefix`, which would become a folder of that name
 */
export function openFolderStore(root: string, options: WriteOptions = {}): ArtifactStore {
  if (/^[a-z][a-z0-9+.-]*:\/\//.test(root)) {
    throw new ForecastLabError('BAD_OPTION', `The store ${root} is an address, not a folder.`, { hint: 'Programs open it with openStore, which knows both.', details: { option: 'store', got: root } });
  }
  const fs = options.fs ?? nodeFileSystem;
  const base = resolve(root);
  /** The file of a path; refuses what leads out of the store through a symbolic link. */
  const locate = async (path: string): Promise<string> => {
    checkArtifactPath(path);
    const file = join(base, ...path.split('/'));
    await checkStaysInside(fs, base, file);
    return file;
  };
  const read: ArtifactStore['read'] = async (path, readOptions) => orUndefined(readFileBytes(await locate(path), { fs, ...readOptions }));
  const readVersioned: ArtifactStore['readVersioned'] = async (path, readOptions) => {
    const bytes = await read(path, readOptions);
    return bytes === undefined ? undefined : { bytes, version: createHash('sha256').update(bytes).digest('hex') };
  };
  return {
    read,
    readVersioned,
    exists: async (path) => {
      const file = await locate(path);
      return (await orUndefined(fs.realpath(file).then((real) => fs.lstat(real))))?.isFile() === true;
    },
    list: async (prefix) => {
      const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
      const start = folder === '' ? base : await locate(folder.slice(0, -1));
      const found: string[] = [];
      await walk(fs, start, (file) => found.push(relative(base, file).split(sep).join('/')));
      return found.filter((path) => path.startsWith(prefix)).sort();
    },
    createOnly: async (path, bytes) => createFileOnly(await locate(path), bytes, { fs }),
    replace: async (path, bytes, { ifMatch, guard } = {}) => {
      const file = await locate(path);
      if (ifMatch === undefined) return writeFileWhole(file, bytes, { fs, guard });
      if (ifMatch === null) return createFileOnly(file, bytes, { fs });
      return withLock(file, VERSION_LOCK, async () => {
        checkVersion(await readVersioned(path), ifMatch, file);
        await writeFileWhole(file, bytes, { fs, guard });
      });
    },
    append: async (path, line) => appendLine(await locate(path), line, { fs }),
    remove: async (path) => {
      const file = await locate(path);
      await orUndefined(fs.unlink(file));
      await orUndefined(syncFolder(fs, dirname(file)));
    },
    sweep: async (path) => {
      const place = await locate(path.replace(/\/$/, ''));
      if (!path.endsWith('/')) return orUndefined(removeLeftovers(fs, place));
      const leftovers: string[] = [];
      await walk(fs, place, (file) => leftovers.push(file), isTemporaryName);
      for (const file of leftovers) await removeQuietly(fs, file);
    },
    withLock: async (path, lockOptions, work) => withLock(await locate(path), lockOptions, work),
    describe: (path) => (path === undefined ? base : join(base, ...path.split('/'))),
  };
}

function checkVersion(there: VersionedBytes | undefined, expected: string, file: string): void {
  if (there?.version === expected) return;
  throw new ForecastLabError('CONFLICT', `${file} ${there === undefined ? 'is gone' : 'was changed by somebody else meanwhile'}. It was left as it is.`, {
    hint: 'Run the command again: it starts from what is there now.',
    details: { file },
  });
}

/** Visits plain files below a folder; symbolic links and locks are passed over, and temporary files unless they are wanted. */
async function walk(fs: FileSystem, folder: string, visit: (file: string) => void, isWanted = (name: string): boolean => !isTemporaryName(name)): Promise<void> {
  for (const entry of (await orUndefined(fs.readdir(folder, { withFileTypes: true }))) ?? []) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !entry.name.endsWith('.lock')) await walk(fs, path, visit, isWanted);
    else if (entry.isFile() && isWanted(entry.name)) visit(path);
  }
}

/** The value, or undefined when there is no such file. */
async function orUndefined<T>(value: Promise<T>): Promise<T | undefined> {
  try {
    return await value;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemErrorCode(error) ?? '')) return undefined;
    throw error;
  }
}
