// Whether bytes are those that the object store has, by the checksums that it tells.
import { createHash } from 'node:crypto';
import { crc32cBase64 } from './crc32c.js';

/** What the store says of an object's bytes; composed objects have no md5. */
export interface Sums {
  readonly crc32c?: string | undefined;
  readonly md5?: string | undefined;
}

/** From the header `x-goog-hash`: `crc32c=yZRlqg==,md5=XrY7u+Ae7tCTyyK7j1rNww==`, perhaps in several headers. */
export function readSums(header: string | undefined): Sums {
  const sums = new Map((header ?? '').split(',').map((part): [string, string] => [part.slice(0, part.indexOf('=')).trim(), part.slice(part.indexOf('=') + 1).trim()]));
  return { crc32c: sums.get('crc32c'), md5: sums.get('md5') };
}

/** False when a sum that is told is another. One is enough: md5, which is the stronger and here the faster. */
export function agreesWithSums(bytes: Uint8Array, { crc32c, md5 }: Sums): boolean {
  if (md5 !== undefined) return createHash('md5').update(bytes).digest('base64') === md5;
  return crc32c === undefined || crc32cBase64(bytes) === crc32c;
}
