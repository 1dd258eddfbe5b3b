import { describe, expect, it } from 'vitest';
import { fingerprintKlines } from '../../klines/fingerprint-klines.js';
import { generateSampleMarket, SAMPLE_START_MS } from '../../klines/generate-sample-market.js';
import { klineCount, sliceKlines, takeKlines } from '../../klines/klines.js';
import { nativeFingerprint, monthFingerprints, monthSpans } from './month-fingerprints.js';

const klines = generateSampleMarket({ seed: 1, startMs: SAMPLE_START_MS, endMs: SAMPLE_START_MS + 70 * 86_400_000 });
const copy = (): typeof klines => takeKlines(klines, Array.from({ length: klineCount(klines) }, (_, i) => i));

describe('the fingerprints of months', () => {
  it('stand by themselves: later bars change no earlier month', () => {
    const all = monthFingerprints(klines);
    expect(Object.keys(all)).toEqual(['2018-01', '2018-02', '2018-03']);
    const part = monthFingerprints(sliceKlines(klines, 0, 45));
    expect(part['2018-01']).toBe(all['2018-01']);
    expect(part['2018-02']).not.toBe(all['2018-02']);
    expect(monthFingerprints(sliceKlines(klines, 0, 0))).toEqual({});
    expect(monthSpans(klines)).toEqual([{ month: '2018-01', start: 0, end: 31 }, { month: '2018-02', start: 31, end: 59 }, { month: '2018-03', start: 59, end: 70 }]);
  });

  it('are the digits of fingerprintKlines, missing values included', () => {
    const gappy = copy();
    gappy.tradeCount.fill(Number.NaN);
    new BigUint64Array(gappy.takerBuyBase.buffer)[3] = 0xfff8000000000001n; // another NaN
    expect(nativeFingerprint(gappy)).toBe(fingerprintKlines(gappy));
    expect(nativeFingerprint(gappy, 31, 59)).toBe(fingerprintKlines(sliceKlines(gappy, 31, 59)));
  });

  it('are taken over for the same bits alone', () => {
    const known = { klines, months: { '2018-01': 'one', '2018-02': 'two', '2018-03': 'three' } };
    const changed = copy();
    changed.volume[40] += 1;
    expect(monthFingerprints(changed, { known })).toEqual({ ...monthFingerprints(changed), '2018-01': 'one', '2018-03': 'three' });
    expect(monthFingerprints(sliceKlines(klines, 1, 60), { known })['2018-01']).not.toBe('one');
    expect(monthFingerprints(klines, { known: { klines, months: {} } })).toEqual(monthFingerprints(klines));
  });
});
