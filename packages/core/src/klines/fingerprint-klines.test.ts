import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fingerprintKlines } from './fingerprint-klines.js';
import { createKlines, KLINE_COLUMNS } from './klines.js';

describe('fingerprintKlines', () => {
  const klines = createKlines(5000);
  KLINE_COLUMNS.forEach((column, c) => klines[column].forEach((_, row) => (klines[column][row] = row * 1.25 + c)));

  it('is the sha256 of the columns of float64, whatever the block size', () => {
    const oracle = createHash('sha256');
    for (const column of KLINE_COLUMNS) oracle.update(new Uint8Array(klines[column].buffer));
    expect(fingerprintKlines(klines)).toBe(oracle.digest('hex'));
  });

  it('covers only the bars before endRow, and all of them', () => {
    const before = fingerprintKlines(klines, 4500);
    klines.takerBuyQuote[4500] += 1;
    expect(fingerprintKlines(klines, 4500)).toBe(before);
    klines.takerBuyQuote[4499] += 1;
    expect(fingerprintKlines(klines, 4500)).not.toBe(before);
  });

  it('takes every kind of NaN for the same', () => {
    const one = createKlines(1);
    const other = createKlines(1);
    one.volume[0] = Number.NaN;
    new Uint32Array(other.volume.buffer).set([123, 0x7ff80001]);
    expect(fingerprintKlines(one)).toBe(fingerprintKlines(other));
  });
});
