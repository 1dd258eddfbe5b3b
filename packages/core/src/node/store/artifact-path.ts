// Names of artifacts: relative POSIX paths that mean the same in a folder and in an object store, and stay inside it.
import { optionError } from '../../errors.js';
import { isTemporaryName } from './temporary-file.js';

/** An object store takes 1024 bytes of name; most file systems 255 per part. */
const MAX_PATH_BYTES = 1024;
const MAX_PART_BYTES = 255;

/** Throws BAD_OPTION unless `path` is a plain relative path such as `models/production/active.json`. */
export function checkArtifactPath(path: string): void {
  if (isArtifactPath(path)) return;
  throw optionError('the artifact store', 'path', 'a relative path with forward slashes that stays inside the store', path, 'Write it like models/production/active.json: no .., no backslash, no colon, nothing that ends in .lock.');
}

/** True for a plain relative path such as `models/production/active.json`. */
export function isArtifactPath(path: string): boolean {
  const parts = path.split('/');
  return (
    path !== '' &&
    byteLength(path) <= MAX_PATH_BYTES &&
    // Backslash and colon are separators on Windows; control characters have no place in a name.
    // oxlint-disable-next-line no-control-regex
    !/[\\:\u0000-\u001f\u007f]/.test(path) &&
    // Half a character cannot be written as UTF-8.
    !/\p{Cs}/u.test(path) &&
    parts.every((part) => part !== '' && part !== '.' && part !== '..' && byteLength(part) <= MAX_PART_BYTES && !part.endsWith('.lock') && !isTemporaryName(part))
  );
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
