import { describe, expect, it } from 'vitest';
import { formatKlinesCsv } from '../../klines/format-klines-csv.js';
import { generateSampleMarket, SAMPLE_START_MS } from '../../klines/generate-sample-market.js';
import { type Klines, klineCount, takeKlines } from '../../klines/klines.js';
import { parseKlinesCsv } from '../../klines/parse-klines-csv.js';
import { checkStoredKlines, type StoredKlinesCheck } from './check-stored-klines.js';
import { type KlinesManifest, MANIFEST_SCHEMA } from './klines-manifest.js';
import { monthFingerprints } from './month-fingerprints.js';

const DAY = 86_400_000;
const market = generateSampleMarket({ seed: 5, startMs: SAMPLE_START_MS, endMs: SAMPLE_START_MS + 100 * DAY });
const rows = (isKept: (row: number) => boolean): Klines => takeKlines(market, Array.from({ length: 100 }, (_, row) => row).filter(isKept));
const stored = rows((row) => row !== 10 && row !== 40);
const manifest: KlinesManifest = {
  schema: MANIFEST_SCHEMA, source: 'auto', symbol: 'BTCUSDT', interval: '1d', synthetic: false, rows: 98, first_open: '2018-01-01T00:00:00.000Z', last_open: '2018-04-10T00:00:00.000Z', sha256: 'x',
  months: monthFingerprints(stored),
  gaps: [{ from: '2018-01-11T00:00:00.000Z', to: '2018-01-11T00:00:00.000Z', bars: 1, confirmed: true }, { from: '2018-02-10T00:00:00.000Z', to: '2018-02-10T00:00:00.000Z', bars: 1 }],
  restated: [{ open: '2018-03-01T00:00:00.000Z', noticed: '2018-05-01T00:00:00.000Z', source: 'rest', before: { volume: 1 }, after: { volume: 2 } }],
  sources: [{ source: 'dumps', from: '2018-01-01T00:00:00.000Z', to: '2018-04-10T00:00:00.000Z' }],
  archives: [{ name: 'good.zip', sha256: 'a', last_modified: null, rows: 31 }, { name: 'bad.zip', sha256: 'b', last_modified: null, rows: 0, refused: 'its checksum is wrong' }],
};
const check = (klines: Klines, known: KlinesManifest | undefined = manifest): StoredKlinesCheck =>
  checkStoredKlines({ parsed: parseKlinesCsv(Buffer.from(formatKlinesCsv(klines)), { fileName: 'a.csv', interval: '1d' }), manifest: known, isVouchedFor: klines === stored }, { nowMs: SAMPLE_START_MS + 200 * DAY });

describe('checkStoredKlines', () => {
  it('tells confirmed gaps from others, and what the manifest notes', () => {
    const found = check(stored);
    expect(found.manifest).toEqual({
      isUnchanged: true, changedMonths: [], mismatches: [], confirmedGaps: [manifest.gaps[0]], unexplainedGaps: [manifest.gaps[1]], confirmedBars: [],
      restated: manifest.restated, refusedArchives: [manifest.archives?.[1]], sources: manifest.sources,
    });
    expect(found.repair.spans.map(({ fromMs }) => new Date(fromMs).toISOString())).toEqual(['2018-02-10T00:00:00.000Z']);
    expect(found.explanations.map(({ kind }) => kind)).toEqual(['gaps']);
    expect(found.isSound).toBe(true);
  });

  it('names the months that were changed, whatever the order of rows', () => {
    const backward = takeKlines(stored, Array.from({ length: klineCount(stored) }, (_, row) => klineCount(stored) - 1 - row));
    expect(check(backward)).toMatchObject({ isSound: true, manifest: { isUnchanged: false, changedMonths: [] }, repair: { needsRewrite: true } });
    const edited = rows((row) => row !== 10 && row !== 40 && row !== 75);
    expect(check(edited)).toMatchObject({ isSound: false, report: { usable: true }, manifest: { isUnchanged: false, changedMonths: ['2018-03'] } });
  });

  it('believes no clock of this machine about bars of the exchange', () => {
    const at = (known: KlinesManifest | undefined, klines = stored): StoredKlinesCheck =>
      checkStoredKlines({ parsed: parseKlinesCsv(Buffer.from(formatKlinesCsv(klines)), { fileName: 'a.csv', interval: '1d' }), manifest: known, isVouchedFor: known !== undefined }, { nowMs: SAMPLE_START_MS + 98.5 * DAY });
    const reasons = (found: StoredKlinesCheck): string[] => found.repair.spans.flatMap((span) => span.reasons);
    expect(at(manifest).report.openBars.count).toBe(0);
    expect(reasons(at(manifest))).toEqual(['missing bars']);
    for (const known of [undefined, { ...manifest, sources: [{ source: 'file', from: '', to: '' }] }]) {
      expect(at(known).report.openBars.rows).toEqual([96, 97]);
      expect(reasons(at(known))).toContain('bars that have not closed yet');
    }
  });

  it.each([
    ['rows', 97, '98'],
    ['symbol', 'ETHUSDT', 'BTCUSDT'],
    ['interval', '1h', '1d'],
    ['venue', 'usdm', 'spot'],
    ['first_open', '2018-01-02T00:00:00.000Z', '2018-01-01T00:00:00.000Z'],
    ['last_open', null, '2018-04-10T00:00:00.000Z'],
  ])('tells that %s of the manifest does not fit', (field, says, is) => {
    const found = checkStoredKlines({ parsed: parseKlinesCsv(Buffer.from(formatKlinesCsv(stored)), { fileName: 'a.csv', interval: '1d' }), manifest: { ...manifest, [field]: says }, isVouchedFor: true }, { nowMs: Infinity, market: { symbol: 'BTCUSDT', interval: '1d' } });
    expect(found).toMatchObject({ isSound: false, manifest: { mismatches: [{ field, says: String(says), is }] } });
  });

  it('does without a manifest', () => {
    const found = checkStoredKlines({ parsed: parseKlinesCsv(Buffer.from(formatKlinesCsv(stored)), { fileName: 'a.csv' }), manifest: undefined, isVouchedFor: false }, { nowMs: Infinity });
    expect(found).toMatchObject({ manifest: undefined, isSound: true, repair: { needsRewrite: false } });
    expect(found.repair.spans).toHaveLength(1);
  });
});
