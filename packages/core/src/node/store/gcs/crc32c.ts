// CRC-32C (Castagnoli), the checksum that Google Cloud Storage has for every object. Source: RFC 3720, appendix B.4.

const TABLE = makeTable();

/** As the JSON API writes it: base64 of the four bytes, big-endian. */
export function crc32cBase64(bytes: Uint8Array): string {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32c(bytes));
  return sum.toString('base64');
}

/** An unsigned integer of 32 bits. */
export function crc32c(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (let i = 0; i < bytes.length; i += 1) rest = (rest >>> 8) ^ TABLE[(rest ^ bytes[i]) & 255];
  return (rest ^ 0xffffffff) >>> 0;
}

function makeTable(): Uint32Array {
  const table = new Uint32Array(256);
  for (let i = 0; i < 256; i += 1) {
    let value = i;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
    table[i] = value;
  }
  return table;
}
