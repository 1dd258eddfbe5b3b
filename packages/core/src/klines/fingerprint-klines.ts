// A fingerprint of market data that depends on the values alone: not on file format, number style or line ends.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { KLINE_COLUMNS, type Klines, klineCount } from './klines.js';

const CHUNK_ROWS = 4096;

/**
 * sha256, as hex, of bars 0 to `endRow` (exclusive): column after column, each value as a little-endian float64.
 * A missing value (NaN) always counts as the same eight bytes.
 */
export function fingerprintKlines(klines: Klines, endRow: number = klineCount(klines)): string {
  const hash = sha256.create();
  const chunk = new DataView(new ArrayBuffer(CHUNK_ROWS * 8));
  for (const column of KLINE_COLUMNS) {
    const values = klines[column];
    for (let start = 0; start < endRow; start += CHUNK_ROWS) {
      const rows = Math.min(CHUNK_ROWS, endRow - start);
      for (let i = 0; i < rows; i += 1) writeFloat64(chunk, i * 8, values[start + i]);
      hash.update(new Uint8Array(chunk.buffer, 0, rows * 8));
    }
  }
  return bytesToHex(hash.digest());
}

function writeFloat64(view: DataView, offset: number, value: number): void {
  if (Number.isNaN(value)) {
    view.setUint32(offset, 0, true);
    view.setUint32(offset + 4, 0x7ff80000, true);
  } else {
    view.setFloat64(offset, value, true);
  }
}
