import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKlines, KLINE_COLUMNS, klineAt, klineCount, type Klines, takeKlines } from './klines.js';
import { joinKlines, lowerBound, mergeKlines } from './merge-klines.js';

/** Bars at these times; every other value is `value`. */
function bars(times: readonly number[], value = 1): Klines {
  const klines = createKlines(times.length);
  for (const column of KLINE_COLUMNS) klines[column].fill(value);
  klines.openTimeMs.set(times);
  return klines;
}

describe('mergeKlines', () => {
  it('appends what follows', () => {
    const merged = mergeKlines(bars([1, 2]), bars([3, 5], 2));
    expect([...merged.klines.openTimeMs]).toEqual([1, 2, 3, 5]);
    expect([...merged.klines.close]).toEqual([1, 1, 2, 2]);
    expect(merged).toMatchObject({ added: 2, addedRows: [{ from: 2, to: 4 }], changed: [], removed: 0 });
  });

  it('fills holes, reaches back, and tells which rows are new', () => {
    const merged = mergeKlines(bars([3, 4, 7]), bars([1, 2, 5, 6, 8]));
    expect([...merged.klines.openTimeMs]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(merged.addedRows).toEqual([{ from: 0, to: 2 }, { from: 4, to: 6 }, { from: 7, to: 8 }]);
  });

  it('takes the new values of a bar that is there, and tells the old ones', () => {
    const incoming = bars([2, 3]);
    incoming.volume[0] = 9;
    incoming.tradeCount[0] = Number.NaN;
    const merged = mergeKlines(bars([1, 2]), incoming);
    expect(merged.klines.volume[1]).toBe(9);
    expect(merged.changed).toEqual([{ openTimeMs: 2, before: { volume: 1, tradeCount: 1 }, after: { volume: 9, tradeCount: Number.NaN } }]);
    expect(merged.added).toBe(1);
  });

  it('takes nothing away, except inside a span that the source has answered whole', () => {
    expect([...mergeKlines(bars([1, 2, 3]), bars([1, 3])).klines.openTimeMs]).toEqual([1, 2, 3]);
    const merged = mergeKlines(bars([1, 2, 3]), bars([3]), { wholeSpans: [{ fromMs: 2, toMs: 4 }] });
    expect([...merged.klines.openTimeMs]).toEqual([1, 3]);
    expect(merged.removed).toBe(1);
    expect(merged.changed).toMatchObject([{ openTimeMs: 2, before: { close: 1 }, after: {} }]);
  });

  it('is the same whether bars come at once or in pieces, in order and without repetition', () => {
    const times = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 20 }).map((list) => list.sort((a, b) => a - b));
    fc.assert(
      fc.property(times, times, fc.nat(20), (stored, incoming, cut) => {
        const [a, b] = [bars(stored), bars(incoming, 2)];
        const whole = mergeKlines(a, b);
        const rows = Array.from(incoming.keys());
        const first = mergeKlines(a, takeKlines(b, rows.filter((row) => row < cut)));
        const second = mergeKlines(first.klines, takeKlines(b, rows.filter((row) => row >= cut)));
        expect(second.klines).toEqual(whole.klines);
        expect(first.added + second.added).toBe(whole.added);
        expect([...whole.klines.openTimeMs]).toEqual([...new Set([...stored, ...incoming])].sort((x, y) => x - y));
        expect(whole.changed.map(({ openTimeMs }) => openTimeMs)).toEqual(stored.filter((time) => incoming.includes(time)));
        const isAdded = (row: number): boolean => whole.addedRows.some(({ from, to }) => row >= from && row < to);
        for (let row = 0; row < klineCount(whole.klines); row += 1) expect(isAdded(row)).toBe(!stored.includes(klineAt(whole.klines, row).openTimeMs));
      }),
    );
  });
});

it('joinKlines puts parts one behind the other', () => {
  expect([...joinKlines([bars([1]), bars([]), bars([2, 3])]).openTimeMs]).toEqual([1, 2, 3]);
});

it.each([
  [0, 0],
  [1, 0],
  [2, 1],
  [9, 3],
])('lowerBound of %d is %d', (value, position) => {
  expect(lowerBound(Float64Array.of(1, 3, 5), value)).toBe(position);
});
