// Unpacks the one CSV of a zip archive. The zip is taken for hostile: whatever it says of itself is held against a bound or
// against the bytes before memory or time is given to it, and nothing of it is ever written under a name of its own.
// Source: PKWARE APPNOTE.TXT 6.3.10; D. Fifield, "A better zip bomb" (2019).
import { crc32, createInflateRaw } from 'node:zlib';
import { type Entry, fromBufferPromise, type LocalFileHeader, type ZipFile } from 'yauzl';
import { type ForecastLabError, isForecastLabError } from '../../errors.js';
import { refuseFile } from '../../klines/refuse-file.js';

export interface UnpackOptions {
  /** Name of the archive, for messages. */
  readonly fileName: string;
  /** The name that the one member must have. Default: any that ends in .csv. */
  readonly member?: string;
  /** A member that is larger unpacked, or says so, is refused. */
  readonly maxBytes: number;
}

type Refuse = (what: string, cause?: unknown) => ForecastLabError;

const STORED = 0;
const DEFLATED = 8;
/** Encrypted (bits 0, 6, 13) or a patch of another file (bit 5). */
const UNREADABLE_FLAGS = 0x1 | 0x20 | 0x40 | 0x2000;
/** Sizes and CRC-32 stand behind the data, too, and are zero before it. */
const DESCRIPTOR_FLAG = 0x8;
const DESCRIPTOR_SIZES: readonly number[] = [12, 16, 20, 24];
const DOS_FOLDER = 0x10;
/** Kind of file in the upper four bits of Unix attributes: 0 where they are not kept. */
const PLAIN_FILE_KINDS: readonly number[] = [0, 8];
const LOCAL_HEADER_BYTES = 30;
const END_RECORD_BYTES = 22;
const ZIP64_RECORDS_BYTES = 56 + 20;
const ZIP64_MARK = 0xffffffff;
/** 258 bytes in two bits: what deflate can pack at most. */
const MAX_DEFLATE_RATIO = 1032;
const CHUNK_BYTES = 256 * 1024;

/**
 * The bytes of the one CSV in a zip.
 * @throws BAD_FILE saying what is wrong with the archive
 */
export async function unpackArchive(bytes: Uint8Array, options: UnpackOptions): Promise<Uint8Array> {
  const refuse: Refuse = (what, cause) => refuseFile(options.fileName, undefined, what, 'Get the archive again; of one that you packed yourself, give the CSV inside.', cause);
  const { entry, header, centralEnd } = await readDirectory(bytes, refuse);
  checkEntry(entry, options, refuse);
  checkLayout(entry, header, { centralEnd, totalBytes: bytes.length }, refuse);
  const packed = bytes.subarray(header.fileDataStart, header.fileDataStart + entry.compressedSize);
  const unpacked = entry.compressionMethod === STORED ? packed : await inflate(packed, entry.uncompressedSize, refuse);
  if (crc32(unpacked) !== entry.crc32) throw refuse('the CRC-32 of its member is wrong: it is damaged');
  if (unpacked[0] === 0x50 && unpacked[1] === 0x4b) throw refuse('its member is itself a zip archive, not CSV');
  return unpacked;
}

interface Directory {
  readonly entry: Entry;
  readonly header: LocalFileHeader;
  /** Where the list of members ends. */
  readonly centralEnd: number;
}

/** The one member as the archive describes it, at its end and before its data. */
async function readDirectory(bytes: Uint8Array, refuse: Refuse): Promise<Directory> {
  let zip: ZipFile | undefined;
  try {
    // names stay bytes: yauzl would mend some before they can be refused
    zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { decodeStrings: false });
    if (zip.entryCount !== 1) throw refuse(`it holds ${zip.entryCount} members where one CSV is expected`);
    const entries: Entry[] = [];
    for await (const each of zip.eachEntry()) entries.push(each);
    const entry = entries[0];
    const header = await zip.readLocalFileHeaderPromise(entry);
    return { entry, header, centralEnd: Number(zip.readEntryCursor) };
  } catch (cause) {
    if (isForecastLabError(cause)) throw cause;
    throw refuse(`it is no whole zip archive (${cause instanceof Error ? cause.message : String(cause)})`, cause);
  } finally {
    zip?.close();
  }
}

function checkEntry(entry: Entry, { member, maxBytes }: UnpackOptions, refuse: Refuse): void {
  const name = Buffer.from(entry.fileNameRaw).toString();
  // oxlint-disable-next-line no-control-regex
  const isExpected = member === undefined ? /^[^/\\:\u0000-\u001f\u007f]+\.csv$/i.test(name) : name === member;
  if (!isExpected) throw refuse(`its member is named ${JSON.stringify(name.slice(0, 100))}, not ${member ?? 'something.csv'}`);
  const attributes = entry.externalFileAttributes;
  if (!PLAIN_FILE_KINDS.includes(attributes >>> 28) || (attributes & DOS_FOLDER) !== 0) throw refuse('its member is a link, a folder or a device, not a plain file');
  if ((entry.generalPurposeBitFlag & UNREADABLE_FLAGS) !== 0) throw refuse('its member is encrypted');
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) throw refuse(`its member is packed by method ${entry.compressionMethod}, not by deflate`);
  const { compressedSize, uncompressedSize } = entry;
  if (uncompressedSize > maxBytes) throw refuse(`its member would unpack to ${uncompressedSize} bytes, more than the ${maxBytes} that its bars can need`);
  if (entry.compressionMethod === STORED ? compressedSize !== uncompressedSize : uncompressedSize > compressedSize * MAX_DEFLATE_RATIO) {
    throw refuse(`its member cannot unpack from ${compressedSize} to ${uncompressedSize} bytes`);
  }
}

/** Header, data, description, end, and no byte besides: then all programs that unpack it see the same. */
function checkLayout(entry: Entry, header: LocalFileHeader, facts: { readonly centralEnd: number; readonly totalBytes: number }, refuse: Refuse): void {
  const hasDescriptor = (entry.generalPurposeBitFlag & DESCRIPTOR_FLAG) !== 0;
  const agrees = (before: number, after: number): boolean => before === after || before === ZIP64_MARK || (hasDescriptor && before === 0);
  const isSame =
    Buffer.compare(header.fileName, Buffer.from(entry.fileNameRaw)) === 0 &&
    header.generalPurposeBitFlag === entry.generalPurposeBitFlag &&
    header.compressionMethod === entry.compressionMethod &&
    agrees(header.compressedSize, entry.compressedSize) &&
    agrees(header.uncompressedSize, entry.uncompressedSize) &&
    (header.crc32 === entry.crc32 || (hasDescriptor && header.crc32 === 0));
  if (!isSame) throw refuse('it says one thing of its member at its start and another at its end');
  const centralStart = facts.centralEnd - 46 - entry.fileNameLength - entry.extraFieldLength - entry.fileCommentLength;
  const gap = centralStart - (header.fileDataStart + entry.compressedSize);
  const tail = facts.totalBytes - facts.centralEnd;
  const isDense =
    header.fileDataStart === LOCAL_HEADER_BYTES + header.fileNameLength + header.extraFieldLength &&
    (hasDescriptor ? DESCRIPTOR_SIZES.includes(gap) : gap === 0) &&
    (tail === END_RECORD_BYTES || tail === END_RECORD_BYTES + ZIP64_RECORDS_BYTES);
  if (!isDense) throw refuse('it holds bytes that belong to no member (a comment, another archive, or damage)');
}

/** Unpacks piece by piece into memory of the announced size, and stops at the first byte beyond it. */
async function inflate(packed: Uint8Array, size: number, refuse: Refuse): Promise<Uint8Array> {
  const unpacked = new Uint8Array(size);
  let done = 0;
  const inflater = createInflateRaw({ chunkSize: CHUNK_BYTES });
  inflater.end(packed);
  try {
    for await (const chunk of inflater as AsyncIterable<Uint8Array>) {
      if (done + chunk.length > size) {
        done = Number.POSITIVE_INFINITY;
        break;
      }
      unpacked.set(chunk, done);
      done += chunk.length;
    }
  } catch (cause) {
    throw refuse('the data of its member is damaged or cut', cause);
  }
  if (done !== size) throw refuse(`its member unpacks to ${done > size ? 'more' : 'fewer'} than the ${size} bytes that it announces`);
  if (inflater.bytesWritten !== packed.length) throw refuse('other bytes stand behind the data of its member');
  return unpacked;
}
