// Zip archives byte by byte, so that a test can let any field lie. With the defaults they are what the exchange's archives are.
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipMember {
  readonly name: string;
  /** Unpacked. */
  readonly data: Uint8Array;
  /** As it stands in the zip. Default: `data` deflated, or as it is for method 0. */
  readonly packed?: Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  readonly crc?: number;
  readonly compressedSize?: number;
  readonly uncompressedSize?: number;
  /** Of the list at the end. Default: a plain file of a Unix system. */
  readonly attributes?: number;
  readonly extra?: Uint8Array;
  /** Where the list says that the member begins. */
  readonly offset?: number;
  /** What is said before the data alone; default: the same as at the end. */
  readonly local?: { readonly name?: string; readonly compressedSize?: number; readonly uncompressedSize?: number; readonly crc?: number; readonly flags?: number; readonly method?: number };
}

export interface ZipLies {
  readonly before?: Uint8Array;
  /** Between data and list. */
  readonly between?: Uint8Array;
  readonly after?: Uint8Array;
  readonly comment?: string;
  /** How many members the end record counts. */
  readonly count?: number;
}

/** A zip of these members. */
export function makeZip(members: readonly ZipMember[], lies: ZipLies = {}): Buffer {
  const parts: Uint8Array[] = [lies.before ?? Buffer.alloc(0)];
  const list: Uint8Array[] = [];
  let offset = parts[0].length;
  for (const member of members) {
    const packed = member.packed ?? (member.method === 0 ? member.data : deflateRawSync(member.data));
    const end = {
      name: member.name,
      flags: member.flags ?? 0,
      method: member.method ?? 8,
      crc: member.crc ?? crc32(member.data),
      compressedSize: member.compressedSize ?? packed.length,
      uncompressedSize: member.uncompressedSize ?? member.data.length,
    };
    const start = { ...end, ...member.local };
    const local = Buffer.concat([u32(0x04034b50), u16(20), common(start), Buffer.from(start.name), packed]);
    const extra = member.extra ?? Buffer.alloc(0);
    list.push(u32(0x02014b50), u16(0x0314), u16(20), common(end, extra.length), u16(0), u16(0), u16(0), u32(member.attributes ?? 0x81a40000), u32(member.offset ?? offset), Buffer.from(end.name), extra);
    parts.push(local);
    offset += local.length;
  }
  if (lies.between !== undefined) parts.push(lies.between);
  const central = Buffer.concat(list);
  const count = lies.count ?? members.length;
  const comment = Buffer.from(lies.comment ?? '');
  const end = Buffer.concat([u32(0x06054b50), u16(0), u16(0), u16(count), u16(count), u32(central.length), u32(offset + (lies.between?.length ?? 0)), u16(comment.length), comment]);
  return Buffer.concat([...parts, central, end, lies.after ?? Buffer.alloc(0)]);
}

/** The fields that both descriptions of a member share, from the flags to the length of what follows the name. */
function common(facts: { readonly name: string; readonly flags: number; readonly method: number; readonly crc: number; readonly compressedSize: number; readonly uncompressedSize: number }, extraBytes = 0): Buffer {
  return Buffer.concat([u16(facts.flags), u16(facts.method), u16(0), u16(0x21), u32(facts.crc), u32(facts.compressedSize), u32(facts.uncompressedSize), u16(Buffer.byteLength(facts.name)), u16(extraBytes)]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}
