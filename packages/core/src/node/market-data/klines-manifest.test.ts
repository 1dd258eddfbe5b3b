import { describe, expect, it } from 'vitest';
import { manifestGaps, parseManifest } from './klines-manifest.js';

const manifest = { schema: 'forecastlab.klines-manifest/1', source: 'rest', symbol: 'BTCUSDT', interval: '1d', synthetic: false, rows: 0, first_open: null, last_open: null, sha256: '', months: {}, gaps: [], restated: [] };
const parse = (document: unknown): unknown => parseManifest(new TextEncoder().encode(JSON.stringify(document)), { fileName: 'a.manifest.json' });

describe('the manifest of klines', () => {
  it('writes gaps as times', () => {
    expect(manifestGaps([{ fromMs: 0, toMs: 3_600_000, missingBars: 2 }])).toEqual([{ from: '1970-01-01T00:00:00.000Z', to: '1970-01-01T01:00:00.000Z', bars: 2 }]);
  });

  it('is read strictly', () => {
    expect(parse(manifest)).toEqual(manifest);
    for (const bad of [{ ...manifest, schema: 'other' }, { ...manifest, rows: 1.5 }, { ...manifest, gaps: [{}] }, { ...manifest, generator: { seed: 'x' } }, [], null]) expect(() => parse(bad)).toThrow('a.manifest.json is not a manifest of klines');
  });
});
