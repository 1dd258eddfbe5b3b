// Reads zips in tests, names that climb out included.
import { inflateRawSync } from 'node:zlib';
import type { ZipMember } from './zip-csv.js';

const LOCAL_HEADER = 0x04034b50;

/** The members of a zip whose local headers know their sizes or that ends in a directory which does. */
export async function unzipMembers(zip: Buffer): Promise<ZipMember[]> {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const members: ZipMember[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let i = 0; i < zip.readUInt16LE(end + 10); i += 1) {
    const nameLength = zip.readUInt16LE(at + 28);
    const local = zip.readUInt32LE(at + 42);
    if (zip.readUInt32LE(local) !== LOCAL_HEADER) throw new Error('no member where the directory says');
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    members.push({ name: zip.toString('utf8', at + 46, at + 46 + nameLength), bytes: zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return members;
}
