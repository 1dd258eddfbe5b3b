import { describe, expect, it } from 'vitest';
import { createKlines, KLINE_COLUMNS, klineAt, klineCount, sliceKlines, takeKlines } from './klines.js';

describe('klines', () => {
  const klines = createKlines(4);
  KLINE_COLUMNS.forEach((column, c) => klines[column].forEach((_, row) => (klines[column][row] = row * 100 + c)));

  it('have every column at one length', () => {
    expect(klineCount(klines)).toBe(4);
    expect(klineAt(klines, 2)).toEqual(Object.fromEntries(KLINE_COLUMNS.map((column, c) => [column, 200 + c])));
  });

  it('a slice is a view, a taking is a copy', () => {
    const slice = sliceKlines(klines, 1, 3);
    expect([...slice.close]).toEqual([104, 204]);
    expect(slice.close.buffer).toBe(klines.close.buffer);
    expect([...sliceKlines(klines, 2).open]).toEqual([201, 301]);
    const taken = takeKlines(klines, [3, 0, 3]);
    expect([...taken.openTimeMs]).toEqual([300, 0, 300]);
    expect(taken.close.buffer).not.toBe(klines.close.buffer);
  });
});
