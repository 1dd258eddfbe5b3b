// Zips of which the bytes depend on the content and a time alone, not on the machine or its time zone.
import { once } from 'node:events';
import { ZipFile } from 'yazl';

/** zlib's fastest level: months of minutes are zipped by the dozen. */
const FAST = 1;

export interface ZipMember {
  readonly name: string;
  readonly bytes: Buffer;
}

export async function zipMembers(members: readonly ZipMember[], mtimeMs: number): Promise<Buffer> {
  const zip = new ZipFile();
  // yazl writes local time; what is UTC's must be made local's first.
  const utc = new Date(mtimeMs);
  const mtime = new Date(utc.getUTCFullYear(), utc.getUTCMonth(), utc.getUTCDate(), utc.getUTCHours(), utc.getUTCMinutes(), utc.getUTCSeconds());
  for (const { name, bytes } of members) zip.addBuffer(bytes, name, { mtime, mode: 0o100644, forceDosTimestamp: true, compressionLevel: FAST });
  zip.end();
  const pieces: Buffer[] = [];
  zip.outputStream.on('data', (piece: Buffer) => pieces.push(piece));
  await once(zip.outputStream, 'end');
  return Buffer.concat(pieces);
}
