import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateSampleMarket, SAMPLE_START_MS } from '../../klines/generate-sample-market.js';
import { takeKlines } from '../../klines/klines.js';
import { openFolderStore } from '../store/folder-store.js';
import { manifestPath, rawKlinesPath } from './raw-klines-path.js';
import { readStoredKlines } from './stored-klines.js';
import { writeStoredKlines } from './write-stored-klines.js';

const klines = generateSampleMarket({ seed: 1, startMs: SAMPLE_START_MS, endMs: SAMPLE_START_MS + 70 * 86_400_000 });
const market = { symbol: 'TESTUSDT', interval: '1d' };
let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'stored-klines-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('rawKlinesPath', () => {
  it('gives synthetic klines a name of their own', () => {
    expect(rawKlinesPath({ symbol: 'BTCUSDT', interval: '1d' })).toBe('data/raw/binance_BTCUSDT_1d.csv');
    expect(manifestPath({ symbol: 'SAMPLEUSDT', interval: '1h' })).toBe('data/raw/sample_SAMPLEUSDT_1h.manifest.json');
  });

  it.each(['', 'btcusdt', '../X', 'A/B', 'A'])('refuses the symbol %j', (symbol) => {
    expect(() => rawKlinesPath({ symbol, interval: '1d' })).toThrow('`symbol`');
  });
});

describe('stored klines', () => {
  it('come back as they were written, with their manifest', async () => {
    const store = openFolderStore(root);
    expect(await readStoredKlines(store, market)).toBeUndefined();
    const gappy = takeKlines(klines, Array.from({ length: 70 }, (_, i) => i).filter((i) => i !== 40));
    expect(await writeStoredKlines(store, market, gappy, { source: 'rest' })).toMatchObject({ status: 'written', manifest: { synthetic: false, gaps: [{ from: '2018-02-10T00:00:00.000Z', to: '2018-02-10T00:00:00.000Z', bars: 1 }] } });
    expect(await writeStoredKlines(store, market, gappy, { source: 'rest' })).toMatchObject({ status: 'unchanged' });
    const stored = await readStoredKlines(store, market);
    expect(stored?.parsed.klines).toEqual(gappy);
    expect(stored?.sha256).toBe(stored?.manifest?.sha256);
    expect(stored?.isVouchedFor).toBe(true);
  });

  it('are vouched for by a manifest of these very bytes only', async () => {
    const store = openFolderStore(root);
    await writeStoredKlines(store, market, klines, { source: 'rest' });
    const path = join(root, rawKlinesPath(market));
    await writeFile(path, (await readFile(path, 'utf8')).replace(/\n.*\n$/, '\n')); // without its last bar
    expect(await readStoredKlines(store, market)).toMatchObject({ isVouchedFor: false, manifest: { rows: 70 } });
    await rm(join(root, manifestPath(market)));
    expect(await readStoredKlines(store, market)).toMatchObject({ isVouchedFor: false, manifest: undefined });
  });

  it("a month's fingerprint changes with that month alone", async () => {
    const store = openFolderStore(root);
    const { manifest: before } = await writeStoredKlines(store, market, klines, { source: 'rest' });
    const restated = takeKlines(klines, Array.from({ length: 70 }, (_, i) => i));
    restated.tradeCount[35] += 1;
    const { manifest: after } = await writeStoredKlines(store, market, restated, { source: 'rest' });
    expect(Object.keys(after.months).filter((month) => after.months[month] !== before.months[month])).toEqual(['2018-02']);
  });

  it('that are damaged name the one command that mends them', async () => {
    const store = openFolderStore(root);
    for (const [damaged, hint] of [
      [market, 'forecastlab-train data update --symbol TESTUSDT --interval 1d --repair keeps what can be read, and fetches what is lost.'],
      [{ ...market, venue: 'usdm' }, 'forecastlab-train data update --symbol TESTUSDT --interval 1d --venue usdm --repair keeps what can be read, and fetches what is lost.'],
      [{ symbol: 'SAMPLEUSDT', interval: '1d' }, 'Move the file and its manifest aside, and make them anew: forecastlab-train data update --symbol SAMPLEUSDT --interval 1d --source sample.'],
    ] as const) {
      await writeStoredKlines(store, damaged, klines, { source: 'rest' });
      await writeFile(join(root, rawKlinesPath(damaged)), '');
      await expect(readStoredKlines(store, damaged)).rejects.toMatchObject({ code: 'BAD_FILE', hint });
      await writeFile(join(root, manifestPath(damaged)), '{}');
      await expect(readStoredKlines(store, damaged)).rejects.toMatchObject({ code: 'CORRUPT', hint });
    }
  });

  it('a manifest that is none is corrupt', async () => {
    const store = openFolderStore(root);
    await writeStoredKlines(store, market, klines, { source: 'rest' });
    const path = join(root, manifestPath(market));
    const text = await readFile(path, 'utf8');
    for (const bad of ['', text.slice(0, 100), '{}', text.replace('"rows": 70', '"rows": -1')]) {
      await writeFile(path, bad);
      await expect(readStoredKlines(store, market)).rejects.toMatchObject({ code: 'CORRUPT', message: expect.stringContaining('manifest') as string });
    }
  });
});
