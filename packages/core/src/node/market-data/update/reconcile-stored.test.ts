import { describe, expect, it } from 'vitest';
import { generateSampleMarket, SAMPLE_START_MS } from '../../../klines/generate-sample-market.js';
import { parseInterval } from '../../../klines/interval.js';
import { type Klines, klineCount, sliceKlines, takeKlines } from '../../../klines/klines.js';
import type { KlinesManifest } from '../klines-manifest.js';
import { monthFingerprints } from '../month-fingerprints.js';
import { reconcileStored } from './reconcile-stored.js';

const DAY = 86_400_000;
const all = generateSampleMarket({ seed: 1, startMs: SAMPLE_START_MS, endMs: SAMPLE_START_MS + 80 * DAY });
const manifestOf = (klines: Klines): KlinesManifest => ({
  schema: '', source: 'rest', symbol: 'TESTUSDT', interval: '1d', synthetic: false, rows: klineCount(klines), sha256: '', gaps: [], restated: [],
  first_open: new Date(klines.openTimeMs[0]).toISOString(),
  last_open: new Date(klines.openTimeMs[klineCount(klines) - 1]).toISOString(),
  months: monthFingerprints(klines),
});
const reconcile = (klines: Klines, manifest: KlinesManifest | undefined, isVouchedFor = false, nowMs?: number): ReturnType<typeof reconcileStored> => reconcileStored({ klines, manifest, isVouchedFor }, { interval: parseInterval('1d'), nowMs });

describe('reconcileStored', () => {
  it('leaves bars alone that the manifest vouches for, and bars without a manifest', () => {
    expect(reconcile(all, manifestOf(all), true)).toEqual({ klines: all, changedMonths: [], suspectSpans: [], isMended: false, open: 0 });
    expect(reconcile(all, undefined)).toMatchObject({ suspectSpans: [], isMended: false });
  });

  it('drops the bars of an update that died before its manifest was written', () => {
    const manifest = manifestOf(sliceKlines(all, 5, 70));
    const { klines, ...rest } = reconcile(all, manifest);
    expect(klines).toEqual(sliceKlines(all, 5, 70));
    expect(rest).toEqual({ changedMonths: [], suspectSpans: [], isMended: true, open: 0 });
  });

  it('finds the months that were edited or have lost bars', () => {
    const manifest = manifestOf(all);
    const edited = takeKlines(all, Array.from({ length: 80 }, (_, row) => row).filter((row) => row !== 79));
    edited.close[33] += 1;
    const found = reconcile(edited, manifest);
    expect(found.changedMonths).toEqual(['2018-02', '2018-03']);
    expect(found.suspectSpans).toEqual([{ fromMs: Date.UTC(2018, 1, 1), toMs: Date.UTC(2018, 2, 1) }, { fromMs: Date.UTC(2018, 2, 1), toMs: SAMPLE_START_MS + 79 * DAY }]);
  });

  it('sorts rows and keeps the last of those that repeat', () => {
    const { klines, isMended } = reconcile(takeKlines(all, [2, 0, 1, 2]), undefined);
    expect([klines, isMended]).toEqual([sliceKlines(all, 0, 3), true]);
  });

  it('takes one open bar away, and believes no clock by which more of them are open again', () => {
    const closing = all.closeTimeMs[79];
    expect(reconcile(all, manifestOf(all), true, closing + 1)).toMatchObject({ open: 0, isMended: false });
    const { klines, open, isMended } = reconcile(all, manifestOf(all), true, closing);
    expect([klineCount(klines), open, isMended]).toEqual([79, 1, true]);
    expect(() => reconcile(all, manifestOf(all), true, closing - 5 * DAY)).toThrow('5 stored bars close later'.replace('5', '6'));
    expect(klineCount(reconcile(all, undefined, false, closing - 5 * DAY).klines)).toBe(74);
  });
});
