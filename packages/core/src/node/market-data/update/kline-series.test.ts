import { describe, expect, it } from 'vitest';
import { createKlines, KLINE_COLUMNS, type Klines } from '../../../klines/klines.js';
import type { KlinesManifest } from '../klines-manifest.js';
import { KlineSeries } from './kline-series.js';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 0, 1);
const iso = (day: number): string => new Date(day * DAY).toISOString();
function days(list: readonly number[], value = 1): Klines {
  const klines = createKlines(list.length);
  for (const column of KLINE_COLUMNS) klines[column].fill(value);
  klines.openTimeMs.set(list.map((day) => day * DAY));
  return klines;
}
const opened = (klines: Klines): number[] => [...klines.openTimeMs].map((time) => time / DAY);
const series = (before?: { klines: Klines; manifest: KlinesManifest | undefined }): KlineSeries => new KlineSeries(before, { nowMs: () => NOW });

describe('KlineSeries', () => {
  it('takes batches one after the other and knows where each came from', () => {
    const s = series();
    expect([s.lastOpenMs, s.isDirty]).toEqual([-Infinity, false]);
    const archive = { name: 'a.zip', sha256: 'x', last_modified: null, rows: 2 };
    s.apply({ klines: days([0, 1]), source: 'dumps', archive });
    s.apply({ klines: days([2]), source: 'rest', asked: { fromMs: 2 * DAY, toMs: 3 * DAY } });
    expect([s.lastOpenMs / DAY, s.added, s.changed, s.isDirty]).toEqual([2, 3, 0, true]);
    const { klines, facts } = s.settle();
    expect(opened(klines)).toEqual([0, 1, 2]);
    expect(facts).toEqual({ restated: [], sources: [{ source: 'dumps', from: iso(0), to: iso(1) }, { source: 'rest', from: iso(2), to: iso(2) }], archives: [archive], fetched: [] });
  });

  it('records restated bars by the names of the file, and keeps earlier records', () => {
    const s = series({ klines: days([0, 1]), manifest: undefined });
    const again = days([1, 2]);
    again.tradeCount[0] = Number.NaN;
    again.close[0] = 5;
    s.apply({ klines: again, source: 'rest' });
    const { klines, facts } = s.settle();
    expect([...klines.close]).toEqual([1, 5, 1]);
    expect(facts.restated).toEqual([{ open: iso(1), noticed: '2026-01-01T00:00:00.000Z', source: 'rest', before: { close: 1, number_of_trades: 1 }, after: { close: 5, number_of_trades: null } }]);
    expect(facts.sources).toEqual([{ source: 'file', from: iso(0), to: iso(1) }, { source: 'rest', from: iso(2), to: iso(2) }]);
    expect([s.added, s.changed]).toEqual([1, 1]);
  });

  it('is clean after the same bars again', () => {
    const s = series({ klines: days([0, 1, 2]), manifest: undefined });
    s.apply({ klines: days([1, 2]), source: 'rest' });
    expect([s.added, s.changed, s.isDirty]).toEqual([0, 0, false]);
  });

  it('takes away what a whole answer lacks', () => {
    const s = series({ klines: days([0, 1, 2]), manifest: undefined });
    s.apply({ klines: days([0]), source: 'rest', settled: [{ fromMs: 0, toMs: 2 * DAY }] });
    expect(opened(s.settle().klines)).toEqual([0, 2]);
    expect(s.settle().facts.restated).toMatchObject([{ open: iso(1), after: {} }]);
  });

  it('knows what is settled, and nothing else for certain', () => {
    const s = series();
    s.apply({ klines: days([0, 2]), source: 'rest', asked: { fromMs: 0, toMs: 3 * DAY } });
    expect(s.settle().facts.fetched).toEqual([]);
    s.apply({ klines: days([0, 2]), source: 'rest', settled: [{ fromMs: DAY, toMs: 2 * DAY }] });
    expect(s.settle().facts.fetched).toEqual([{ fromMs: DAY, toMs: 2 * DAY }]);
    expect([s.added, s.changed]).toEqual([2, 0]);
  });
});
