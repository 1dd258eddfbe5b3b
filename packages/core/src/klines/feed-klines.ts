// The bytes of klines that fingerprints are made of, for any hash.
import { KLINE_COLUMNS, type Klines } from './klines.js';

const CHUNK_ROWS = 4096;
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * Gives bars `start` to `end` (exclusive) to `update`: column after column, each value as a little-endian float64, a missing
 * value (NaN) always as the same eight bytes. The bytes are overwritten after each call.
 */
export function feedKlines(klines: Klines, start: number, end: number, update: (bytes: Uint8Array) => unknown): void {
  const values = new Float64Array(CHUNK_ROWS);
  const words = new Uint32Array(values.buffer);
  const bytes = new Uint8Array(values.buffer);
  for (const column of KLINE_COLUMNS) {
    for (let from = start; from < end; from += CHUNK_ROWS) {
      const rows = Math.min(CHUNK_ROWS, end - from);
      values.set(klines[column].subarray(from, from + rows));
      for (let i = 0; i < rows; i += 1) {
        if (values[i] === values[i]) continue;
        words[2 * i + (IS_LITTLE_ENDIAN ? 0 : 1)] = 0;
        words[2 * i + (IS_LITTLE_ENDIAN ? 1 : 0)] = 0x7ff80000;
      }
      if (!IS_LITTLE_ENDIAN) for (let i = 0; i < rows; i += 1) bytes.subarray(8 * i, 8 * i + 8).reverse();
      update(bytes.subarray(0, rows * 8));
    }
  }
}
