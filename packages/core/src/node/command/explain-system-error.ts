// What the operating system's refusals mean, in words: a full disk is no defect of the program.
import { ForecastLabError } from '../../errors.js';
import { systemErrorCode } from '../store/file-system.js';

const RIGHTS = 'Give this user the right to it, or choose another place.';
const SPACE = 'Free some space and run the same command again; what was there before is still whole.';
const PLACE = 'Choose another place.';

const MEANINGS: Readonly<Record<string, readonly [meaning: string, hint: string]>> = {
  ENOSPC: ['no space is left on the disk', SPACE],
  EDQUOT: ['the disk quota is used up', SPACE],
  EROFS: ['the disk is read-only', PLACE],
  EACCES: ['permission is denied', RIGHTS],
  EPERM: ['permission is denied', RIGHTS],
  EISDIR: ['a folder is there', PLACE],
  ENOTDIR: ['a part of its path is a file, not a folder', PLACE],
  EEXIST: ['something else is there already', PLACE],
  // Node says so too when a folder cannot be made on a read-only disk.
  ENOENT: ['the place does not exist and cannot be made, as on a read-only disk', PLACE],
  ENAMETOOLONG: ['its name is too long', PLACE],
  ELOOP: ['its symbolic links lead in a circle', 'Remove the links.'],
  EMFILE: ['too many files are open', 'Close other programs, or raise the limit (ulimit -n).'],
  ENFILE: ['too many files are open', 'Close other programs, or raise the limit of the machine.'],
  EIO: ['the disk failed', 'Check the disk before anything else.'],
};

/**
 * The error told in words, naming the file where the system did; undefined when it is no refusal of the system.
 * @example explainSystemError(error)?.message // '/data/x.csv cannot be used: no space is left on the disk (ENOSPC).'
 */
export function explainSystemError(error: unknown): ForecastLabError | undefined {
  const code = systemErrorCode(error);
  // Only system calls have a number; a class of our own or of a library may use the same words.
  if (code === undefined || !(error instanceof Error) || !('errno' in error) || !Object.hasOwn(MEANINGS, code)) return undefined;
  const [meaning, hint] = MEANINGS[code];
  const file = textOf(error, 'dest') ?? textOf(error, 'path');
  return new ForecastLabError('FAILED', `${file ?? 'A file'} cannot be used: ${meaning} (${code}).`, { hint, details: { system: code, ...(file === undefined ? {} : { file }) }, cause: error });
}

function textOf(error: object, key: string): string | undefined {
  const value: unknown = Reflect.get(error, key);
  return typeof value === 'string' ? value : undefined;
}
