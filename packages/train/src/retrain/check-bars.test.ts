import { type BundleMeta, generateSampleMarket, type Klines, sliceKlines } from '@forecastlab/core';
import { nativeFingerprint } from '@forecastlab/core/node';
import { expect, it } from 'vitest';
import { checkBars } from './check-bars.js';

const klines = generateSampleMarket({ seed: 1, startMs: Date.UTC(2018, 0, 1), endMs: Date.UTC(2018, 2, 1) });
const time = (bar: number): string => new Date(klines.openTimeMs[bar]).toISOString();
const seen = { symbol: 'SAMPLEUSDT', source: 'rest', synthetic: false, fingerprint: nativeFingerprint(sliceKlines(klines, 5, 50)), rows: 45, firstOpenTime: time(5), lastOpenTime: time(49), file: null };
const champion = { deployName: 'one', symbol: 'SAMPLEUSDT', data: seen } as unknown as BundleMeta;
const check = (bars: Klines, source = 'rest'): readonly string[] => checkBars([{ klines: bars, symbol: 'SAMPLEUSDT', interval: '1d', source, isSynthetic: false, file: null }], champion);
const changed = (bar: number): Klines => ({ ...klines, close: klines.close.map((value, i) => (i === bar ? value * 1.01 : value)) });

it('takes the same bars and later ones, from any source', () => {
  for (const source of ['rest', 'file']) expect(check(sliceKlines(klines, 5, 59), source)).toEqual([]);
});

it('notes bars that were restated, or are more than they were, where the store vouches for them', () => {
  for (const bars of [sliceKlines(changed(20), 5, 59), sliceKlines(klines, 4, 59)]) expect(check(bars)).toEqual([expect.stringContaining('have other values now or are more')]);
  expect(check(sliceKlines(changed(52), 5, 59))).toEqual([]);
  expect(() => check(sliceKlines(changed(20), 5, 59), 'file')).toThrow('not as it was stored');
});

it.each([
  ['the head', sliceKlines(klines, 6, 59)],
  ['the tail', sliceKlines(klines, 5, 49)],
  ['everything', sliceKlines(klines, 0, 0)],
])('refuses bars that were cut: %s', (_, bars) => {
  expect(() => check(bars)).toThrow(/were cut or damaged: one was trained on 45 bars .* Nothing was trained\./);
});
