import { describe, expect, it } from 'vitest';
import { createKlines, type Klines } from '../../../klines/klines.js';
import type { KlinesManifest, SourceSpan } from '../klines-manifest.js';
import { missingSpans } from './missing-spans.js';

const DAY = 86_400_000;
const START = Date.UTC(2020, 0, 1);
const NOW = START + 100 * DAY;
const iso = (day: number): string => new Date(START + day * DAY).toISOString();
const stored = (count: number, facts: Partial<KlinesManifest> = {}): { klines: Klines; manifest: KlinesManifest } => {
  const klines = createKlines(count);
  klines.openTimeMs.set(Array.from({ length: count }, (_, day) => START + day * DAY));
  return { klines, manifest: { schema: '', source: '', symbol: '', interval: '1d', synthetic: false, rows: count, first_open: null, last_open: null, sha256: '', months: {}, gaps: [], restated: [], ...facts } };
};
const rest = (from: number, to: number): SourceSpan => ({ source: 'rest', from: iso(from), to: iso(to) });
const day = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : (ms - START) / DAY);

describe('missingSpans', () => {
  it('is everything at first, from the start or from the exchange\'s beginning', () => {
    expect(missingSpans(undefined, { startMs: START, nowMs: NOW, venue: 'spot' })).toEqual({ head: undefined, tail: { fromMs: START, toMs: NOW }, askedFromMs: START });
    expect(missingSpans(undefined, { nowMs: NOW, venue: 'spot' }).tail.fromMs).toBe(Date.UTC(2017, 6, 1));
    expect(missingSpans(undefined, { startMs: 0, nowMs: NOW, venue: 'usdm' }).tail.fromMs).toBe(Date.UTC(2019, 8, 1));
  });

  it('asks for the newest three bars again, but not for those of an archive', () => {
    const tail = (sources?: SourceSpan[]): number | undefined => day(missingSpans(stored(10, sources === undefined ? {} : { sources }), { nowMs: NOW, venue: 'spot' }).tail.fromMs);
    expect(tail()).toBe(7);
    expect(tail([rest(0, 9)])).toBe(7);
    const dumps = { source: 'dumps', from: iso(0), to: iso(8) };
    expect(tail([dumps, rest(9, 9)])).toBe(9);
    expect(missingSpans(stored(9, { sources: [dumps] }), { nowMs: NOW, venue: 'spot' }).tail.fromMs).toBe(START + 8 * DAY + 1);
  });

  it('goes by the source of the newest bar that is left, when later ones were lost', () => {
    const sources = [{ source: 'dumps', from: iso(0), to: iso(20) }, rest(21, 40)];
    expect(day(missingSpans(stored(10, { sources }), { nowMs: NOW, venue: 'spot' }).tail.fromMs)).toBeCloseTo(9, 6);
    expect(day(missingSpans(stored(30, { sources }), { nowMs: NOW, venue: 'spot' }).tail.fromMs)).toBe(27);
  });

  it('knows how far the archive of the newest bar reaches, however many bars it lacks at its end', () => {
    const archive = (name: string, refused?: string) => ({ name, sha256: '', last_modified: null, rows: 1, ...(refused === undefined ? {} : { refused }) });
    const reach = (source: string, archives: ReturnType<typeof archive>[]): number | undefined => day(missingSpans(stored(29, { sources: [{ source, from: iso(0), to: iso(28) }], archives }), { nowMs: NOW, venue: 'spot' }).archivedToMs);
    expect(reach('dumps', [archive('BTCUSDT-1d-2019-12.zip'), archive('BTCUSDT-1d-2020-01.zip')])).toBe(31);
    expect(reach('dumps', [archive('BTCUSDT-1d-2020-01-29.zip')])).toBe(29);
    expect(reach('dumps', [archive('BTCUSDT-1d-2019-12.zip'), archive('BTCUSDT-1d-2020-01.zip', 'wrong checksum')])).toBe(undefined);
    expect(reach('rest', [archive('BTCUSDT-1d-2020-01.zip')])).toBe(undefined);
  });

  it('reaches back when an earlier start is asked for, once', () => {
    const before = stored(5);
    const spans = missingSpans(before, { startMs: START - 10 * DAY, nowMs: NOW, venue: 'spot' });
    expect([day(spans.head?.fromMs), day(spans.head?.toMs), day(spans.askedFromMs)]).toEqual([-10, 0, -10]);
    const after = missingSpans(stored(5, { asked_from: iso(-10) }), { startMs: START - 10 * DAY, nowMs: NOW, venue: 'spot' });
    expect([after.head, day(after.askedFromMs)]).toEqual([undefined, -10]);
    expect(missingSpans(before, { startMs: START + DAY, nowMs: NOW, venue: 'spot' })).toMatchObject({ head: undefined, askedFromMs: undefined });
  });
});
