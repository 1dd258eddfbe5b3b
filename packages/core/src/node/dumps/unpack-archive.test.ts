import { Readable } from 'node:stream';
import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Options, ZipFile } from 'yazl';
import { makeZip, type ZipLies, type ZipMember } from '../../../../../tests/support/make-zip.js';
import { unpackArchive } from './unpack-archive.js';

const MEMBER = 'BTCUSDT-1d-2024-01.csv';
const FILE = 'BTCUSDT-1d-2024-01.zip';
const csv = Buffer.from('1704067200000,1,2,0.5,1.5,10,1704153599999,15,3,5,7,0\n'.repeat(20));
const unpack = (zip: Uint8Array, options: Partial<Parameters<typeof unpackArchive>[1]> = {}): Promise<Uint8Array> => unpackArchive(zip, { fileName: FILE, member: MEMBER, maxBytes: 10_000, ...options });
const zipOf = (member: Partial<ZipMember>, lies?: ZipLies): Buffer => makeZip([{ name: MEMBER, data: csv, ...member }], lies);

/** As a careful library writes it. */
async function packed(options: Partial<Options> & { readonly isStream?: boolean; readonly forceZip64?: boolean }): Promise<Buffer> {
  const zip = new ZipFile();
  const { isStream, forceZip64 = false, ...rest } = options;
  if (isStream === true) zip.addReadStreamLazy(MEMBER, rest, (done) => done(undefined, Readable.from([csv])));
  else zip.addBuffer(csv, MEMBER, rest);
  zip.end({ forceZip64Format: forceZip64, comment: '' });
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

describe('unpackArchive', () => {
  it.each([
    ['deflated', () => zipOf({})],
    ['stored', () => zipOf({ method: 0 })],
    ['by yazl', () => packed({})],
    ['by yazl, stored', () => packed({ compress: false })],
    ['by yazl, in the form for large files', () => packed({ forceZip64Format: true, forceZip64: true })],
    ['by yazl, from a stream', () => packed({ isStream: true })],
    ['of a system without attributes', () => zipOf({ attributes: 0 })],
    ['with sizes behind the data', () => zipOf({ flags: 8, local: { crc: 0, compressedSize: 0, uncompressedSize: 0 } }, { between: Buffer.alloc(16) })],
  ])('unpacks an archive %s', async (_, make) => {
    expect(Buffer.from(await unpack(await make()))).toEqual(csv);
  });

  it('takes any one CSV where no name is asked for', async () => {
    expect(await unpackArchive(zipOf({ name: 'meine Kurse.CSV' }), { fileName: 'a.zip', maxBytes: 10_000 })).toHaveLength(csv.length);
    for (const name of ['a.txt', 'x/a.csv', '../a.csv', '/a.csv', 'C:a.csv', 'x\\a.csv', '.csv/', '']) {
      await expect(unpackArchive(zipOf({ name }), { fileName: 'a.zip', maxBytes: 10_000 })).rejects.toThrow('a.zip: its member is named');
    }
  });

  const zeros = Buffer.alloc(1_000_000);
  const cases: [string, () => Uint8Array, string][] = [
    ['nothing', () => Buffer.alloc(0), 'no whole zip archive'],
    ['text', () => csv, 'no whole zip archive'],
    ['a page of an error', () => Buffer.from('<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>'), 'no whole zip archive'],
    ['an archive without members', () => makeZip([]), 'holds 0 members'],
    ['two members', () => makeZip([{ name: MEMBER, data: csv }, { name: 'b.csv', data: csv }]), 'holds 2 members'],
    ['the same member twice', () => makeZip([{ name: MEMBER, data: csv }, { name: MEMBER, data: csv, offset: 0 }]), 'holds 2 members'],
    ['a member that is not counted', () => makeZip([{ name: MEMBER, data: csv }, { name: MEMBER, data: csv }], { count: 1 }), 'belong to no member'],
    ['members that are only counted', () => zipOf({}, { count: 65_535 }), 'holds 65535 members'],
    ['another name', () => zipOf({ name: 'BTCUSDT-1d-2024-02.csv' }), 'is named "BTCUSDT-1d-2024-02.csv"'],
    ['a name in a folder', () => zipOf({ name: `data/${MEMBER}` }), 'is named'],
    ['a name that climbs', () => zipOf({ name: `../${MEMBER}` }), 'is named'],
    ['an absolute name', () => zipOf({ name: `/${MEMBER}` }), 'is named'],
    ['a name with backslashes', () => zipOf({ name: `..\\${MEMBER}` }), 'is named'],
    ['a name that goes on behind a zero', () => zipOf({ name: `${MEMBER}\0.exe` }), 'is named'],
    ['a name that an extra field mends', () => zipOf({ name: 'other.csv', extra: unicodePath('other.csv', MEMBER) }), 'is named'],
    ['another name before the data', () => zipOf({ local: { name: MEMBER.replace('B', 'C') } }), 'one thing'],
    ['a symbolic link', () => zipOf({ attributes: 0o120777 << 16 }), 'a link, a folder or a device'],
    ['a folder', () => zipOf({ attributes: 0x41ed0010 }), 'a link, a folder or a device'],
    ['a folder of DOS', () => zipOf({ attributes: 0x10 }), 'a link, a folder or a device'],
    ['encryption', () => zipOf({ flags: 1 }), 'encrypted'],
    ['strong encryption', () => zipOf({ flags: 0x41 }), 'no whole zip archive'],
    ['another way of packing', () => zipOf({ method: 12 }), 'packed by method 12'],
    ['another way of packing before the data', () => zipOf({ local: { method: 0 } }), 'one thing'],
    ['a wrong CRC-32', () => zipOf({ crc: 1 }), 'CRC-32'],
    ['a zip inside', () => zipOf({ data: zipOf({}) }), 'itself a zip'],
    ['more than the bars can need', () => zipOf({ data: zeros }), 'would unpack to 1000000 bytes, more than the 10000'],
    ['a bomb that says so', () => zipOf({ uncompressedSize: 0xfffffffe }), 'would unpack to 4294967294 bytes'],
    ['a bomb that says less', () => zipOf({ data: zeros, uncompressedSize: 9000, crc: crc32(zeros.subarray(0, 9000)) }), 'unpacks to more than the 9000 bytes'],
    ['fewer bytes than announced', () => zipOf({ uncompressedSize: csv.length + 1 }), 'unpacks to fewer'],
    ['a size that cannot be', () => zipOf({ packed: Buffer.from([3, 0]), uncompressedSize: 9000 }), 'cannot unpack from 2 to 9000'],
    ['stored bytes of two sizes', () => zipOf({ method: 0, uncompressedSize: csv.length - 1 }), 'no whole zip archive'],
    ['data that is no deflate', () => zipOf({ packed: Buffer.alloc(200, 0xff) }), 'damaged or cut'],
    ['data that is cut', () => zipOf({ packed: deflateRawSync(csv).subarray(0, -3) }), 'damaged or cut'],
    ['bytes behind the data', () => zipOf({ packed: Buffer.concat([deflateRawSync(csv), Buffer.from('x')]) }), 'stand behind the data'],
    ['other sizes before the data', () => zipOf({ local: { uncompressedSize: 1 } }), 'one thing'],
    ['bytes before the archive', () => zipOf({}, { before: Buffer.from('#!/bin/sh\n') }), 'belong to no member'],
    ['bytes after the data', () => zipOf({}, { between: Buffer.from('x') }), 'belong to no member'],
    ['bytes after the archive', () => zipOf({}, { after: Buffer.from('x') }), 'no whole zip archive'],
    ['another archive after it', () => zipOf({}, { after: zipOf({ name: 'b.csv' }) }), 'no whole zip archive'],
    ['another archive as its comment', () => zipOf({}, { comment: 'x'.repeat(40) }), 'belong to no member'],
    ['an offset beyond the end', () => zipOf({ offset: 1_000_000 }), 'no whole zip archive'],
    ['a size beyond the end', () => zipOf({ compressedSize: 5000 }), 'no whole zip archive'],
    ['sizes of 64 bits', () => zipOf({ uncompressedSize: 0xffffffff, extra: zip64(2 ** 50) }), 'would unpack to 1125899906842624 bytes'],
    ['sizes of 64 bits that are not there', () => zipOf({ uncompressedSize: 0xffffffff, compressedSize: 0xffffffff, extra: zip64(500) }), 'no whole zip archive'],
  ];
  it.each(cases)('refuses %s', async (_, make, reason) => {
    await expect(unpack(make())).rejects.toMatchObject({ code: 'BAD_FILE', message: expect.stringMatching(new RegExp(`^${FILE}: .*${reason}`)) as string });
  });

  it('gives a bomb no memory', async () => {
    const pass = zipOf({ data: Buffer.alloc(300_000_000), uncompressedSize: 1_000_000, crc: 1 });
    const before = process.memoryUsage();
    await expect(unpack(pass, { maxBytes: 1_100_000 })).rejects.toThrow('unpacks to more');
    const after = process.memoryUsage();
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(30_000_000);
  });
});

function unicodePath(raw: string, name: string): Buffer {
  const field = Buffer.concat([Buffer.alloc(9), Buffer.from(name)]);
  field.writeUInt16LE(0x7075, 0);
  field.writeUInt16LE(field.length - 4, 2);
  field[4] = 1;
  field.writeUInt32LE(crc32(raw), 5);
  return field;
}

function zip64(size: number): Buffer {
  const field = Buffer.alloc(12);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(8, 2);
  field.writeBigUInt64LE(BigInt(size), 4);
  return field;
}
