// Whether an error says something about a bundle, or only about the moment.
import { isForecastLabError } from '../../errors.js';
import { systemErrorCode } from '../store/index.js';

/**
 * True when the bundle is damaged, gone, or something else lies in its place: it will not answer the next time either. False for what may pass (EIO,
 * TEMPORARY).
 */
export function isBundleProblem(error: unknown): boolean {
  // BAD_OPTION: there is no such bundle. BAD_FILE: a folder, or an endless file. ENOTDIR: a file where its folder should be.
  if (isForecastLabError(error)) return ['CORRUPT', 'BAD_OPTION', 'BAD_FILE'].includes(error.code);
  return systemErrorCode(error) === 'ENOTDIR';
}
