// A path inside a folder may lead out of it through symbolic links: nothing is written or read there.
import { dirname, join, sep } from 'node:path';
import { ForecastLabError } from '../../errors.js';
import { type FileSystem, systemErrorCode } from './file-system.js';

/** @throws BAD_FILE when `file`, a path below `base`, really lies somewhere else */
export async function checkStaysInside(fs: FileSystem, base: string, file: string): Promise<void> {
  const realBase = await realPathOf(fs, base);
  const realFile = await realPathOf(fs, file);
  if (realFile === realBase || realFile.startsWith(realBase.endsWith(sep) ? realBase : realBase + sep)) return;
  throw new ForecastLabError('BAD_FILE', `${file} leads out of the store, to ${realFile}.`, { hint: 'Replace the symbolic link by a folder, or make its target the root.', details: { file, target: realFile } });
}

/** Where a path really lies; its last parts need not exist. */
async function realPathOf(fs: FileSystem, path: string): Promise<string> {
  try {
    return await fs.realpath(path);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT' || dirname(path) === path) throw error;
    const there = await fs.lstat(path).catch((cause: unknown) => {
      if (['ENOENT', 'ENOTDIR'].includes(systemErrorCode(cause) ?? '')) return undefined;
      throw cause;
    });
    // Made by another process since: no link, and it can be asked now.
    if (there?.isSymbolicLink() === false) return realPathOf(fs, path);
    if (there !== undefined) {
      throw new ForecastLabError('BAD_FILE', `${path} is a symbolic link to nowhere.`, { hint: 'Remove the link.', details: { file: path }, cause: error });
    }
    return join(await realPathOf(fs, dirname(path)), path.slice(dirname(path).length).replace(/^[\\/]+/, ''));
  }
}
