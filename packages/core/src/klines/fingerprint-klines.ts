// A fingerprint of market data that depends on the values alone: not on file format, number style or line ends.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { feedKlines } from './feed-klines.js';
import { type Klines, klineCount } from './klines.js';

/**
 * sha256, as hex, of bars 0 to `endRow` (exclusive): column after column, each value as a little-endian float64.
 * A missing value (NaN) always counts as the same eight bytes.
 */
export function fingerprintKlines(klines: Klines, endRow: number = klineCount(klines)): string {
  const hash = sha256.create();
  feedKlines(klines, 0, endRow, (bytes) => hash.update(bytes));
  return bytesToHex(hash.digest());
}
