import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CellWriter } from './cell-writer.js';

const written = (write: (writer: CellWriter) => void): string => {
  const writer = new CellWriter(0);
  writer.reserveRow(1, 0);
  write(writer);
  return new TextDecoder().decode(writer.finish());
};

describe('CellWriter', () => {
  it('writes decimals as JavaScript does, whole ones with a decimal', () => {
    const plain = (value: number): string => (Number.isInteger(value) && !String(value).includes('e') ? `${value}.0` : String(value));
    const market = fc.tuple(fc.integer({ min: 0, max: 2 ** 31 - 1 }), fc.integer({ min: 0, max: 10 })).map(([digits, decimals]) => digits / 10 ** decimals);
    const anything = fc.oneof(market, fc.double({ noNaN: true }), fc.double({ min: 0, max: 2e8, noNaN: true }), fc.maxSafeInteger());
    fc.assert(
      fc.property(anything, (value) => {
        expect(written((writer) => writer.decimal(value))).toBe(plain(value));
      }),
      { numRuns: 3000, seed: 1 },
    );
    for (const value of [0, -0, 1, 0.1, 1e-6, 9.99e-7, 1.00000001, 9999999.99999999, 10000000.00000001, 99999999, 1e8, 1e21, 5e-324, Number.MAX_VALUE]) {
      expect(written((writer) => writer.decimal(value))).toBe(plain(value));
    }
    expect(written((writer) => writer.decimal(Number.NaN))).toBe('');
  });

  it('writes counts as JavaScript does', () => {
    fc.assert(
      fc.property(fc.oneof(fc.maxSafeNat(), fc.double({ noNaN: true })), (value) => {
        expect(written((writer) => writer.whole(value))).toBe(String(value));
      }),
      { numRuns: 1000, seed: 2 },
    );
    for (const value of [0, 9, 10, 999_999_999, 1_000_000_000, 1_000_000_001, 2 ** 53 - 1, 2 ** 53]) expect(written((writer) => writer.whole(value))).toBe(String(value));
    expect(written((writer) => writer.whole(Number.NaN))).toBe('');
  });

  it('writes times of the same day and of others as dates', () => {
    const iso = (timeMs: number): string => `${new Date(timeMs).toISOString().slice(0, -1).replace(/\.000$/, '')}+00:00`;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -2_208_988_800_000, max: 7_258_118_400_000 }), { minLength: 1, maxLength: 5 }), fc.nat(200_000), (times, step) => {
        const all = times.flatMap((time) => [time, time + step]);
        expect(written((writer) => all.forEach((time) => writer.time(time)))).toBe(all.map(iso).join(''));
      }),
      { numRuns: 500, seed: 3 },
    );
  });

  it('makes room for all rows to come', () => {
    const writer = new CellWriter(0);
    for (let row = 0; row < 5000; row += 1) {
      writer.reserveRow(5000 - row, row);
      writer.text('x'.repeat(row % 300));
    }
    expect(writer.length).toBe(Array.from({ length: 5000 }, (_, row) => row % 300).reduce((sum, length) => sum + length));
    expect(writer.finish().every((byte) => byte === 120)).toBe(true);
  });
});
