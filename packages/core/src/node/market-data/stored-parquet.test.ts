import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateSampleMarket, SAMPLE_START_MS } from '../../klines/generate-sample-market.js';
import { formatKlinesCsv } from '../../klines/format-klines-csv.js';
import { sliceKlines, takeKlines } from '../../klines/klines.js';
import { type ArtifactStore } from '../store/artifact-store.js';
import { openFolderStore } from '../store/folder-store.js';
import { manifestPath, rawKlinesFolder, rawKlinesPath } from './raw-klines-path.js';
import { readStoredKlines } from './stored-klines.js';
import { type PreviousKlines, writeStoredKlines } from './write-stored-klines.js';

const klines = generateSampleMarket({ seed: 1, startMs: SAMPLE_START_MS, endMs: SAMPLE_START_MS + 70 * 86_400_000 });
const market = { symbol: 'TESTUSDT', interval: '1d' };
const parquet = { source: 'rest', format: 'parquet' } as const;
let root = '';
let store: ArtifactStore;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'stored-parquet-'));
  store = openFolderStore(root);
});
afterEach(() => rm(root, { recursive: true, force: true }));
const partNames = async (): Promise<string[]> => (await readdir(join(root, rawKlinesFolder(market)))).sort();
const previousOf = async (from: ArtifactStore): Promise<PreviousKlines | undefined> => {
  const stored = await readStoredKlines(from, market);
  return stored === undefined ? undefined : { ...stored, klines: stored.parsed.klines };
};
const copy = (): typeof klines => takeKlines(klines, Array.from({ length: 70 }, (_, i) => i));

describe('klines stored as Parquet', () => {
  it('come back as they were written, and stay so', async () => {
    expect(await writeStoredKlines(store, market, klines, parquet)).toMatchObject({ status: 'written', manifest: { format: 'parquet', rows: 70 } });
    const stored = await readStoredKlines(store, market);
    expect(stored?.parsed.klines).toEqual(klines);
    expect(stored).toMatchObject({ path: 'data/raw/binance_TESTUSDT_1d', isVouchedFor: true, damaged: [], parsed: { format: 'parquet', interval: '1d', hasOrderFlow: true } });
    expect((await partNames()).map((name) => name.slice(0, 8))).toEqual(['2018-01-', '2018-02-', '2018-03-']);
    for (const previous of [stored, undefined]) expect(await writeStoredKlines(store, market, klines, { source: 'rest', previous: previous === undefined ? undefined : { ...previous, klines: previous.parsed.klines } })).toMatchObject({ status: 'unchanged' });
    expect(await store.exists(rawKlinesPath(market))).toBe(false);
  });

  it('write the months that have changed alone', async () => {
    await writeStoredKlines(store, market, sliceKlines(klines, 0, 60), parquet);
    const before = await partNames();
    const written: string[] = [];
    const watched: ArtifactStore = { ...store, replace: (path, ...rest) => (written.push(path), store.replace(path, ...rest)) };
    await writeStoredKlines(watched, market, klines, { source: 'rest', previous: await previousOf(store) });
    const after = await partNames();
    expect(written).toEqual([`${rawKlinesFolder(market)}/${after[2]}`, manifestPath(market)]);
    expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
    expect(after).toHaveLength(3);
  });

  it('are converted, and the old files go', async () => {
    const csv = { source: 'rest' };
    await writeStoredKlines(store, market, klines, csv);
    const bytes = await store.read(rawKlinesPath(market));
    await writeStoredKlines(store, market, klines, { ...parquet, previous: await previousOf(store) });
    expect(await store.list('data/raw/')).toEqual([manifestPath(market), ...(await partNames()).map((name) => `${rawKlinesFolder(market)}/${name}`)].sort());
    await writeStoredKlines(store, market, klines, { ...csv, format: 'csv', previous: await previousOf(store) });
    expect(await store.list('data/raw/')).toEqual([rawKlinesPath(market), manifestPath(market)]);
    expect(await store.read(rawKlinesPath(market))).toEqual(bytes);
    expect((await readStoredKlines(store, market))?.isVouchedFor).toBe(true);
  });

  it('leave a CSV alone that holds bars of its own', async () => {
    await writeStoredKlines(store, market, sliceKlines(klines, 0, 60), parquet);
    await writeFile(join(root, rawKlinesPath(market)), formatKlinesCsv(klines));
    await writeStoredKlines(store, market, sliceKlines(klines, 0, 61), parquet);
    expect(await store.exists(rawKlinesPath(market))).toBe(true);
    await writeStoredKlines(store, market, klines, parquet);
    expect(await store.exists(rawKlinesPath(market))).toBe(false);
  });

  it('that are damaged name the part and the way out; the rest can be read and the part made anew', async () => {
    const { manifest } = await writeStoredKlines(store, market, klines, parquet);
    const part = manifest.parts?.[1]?.path ?? '';
    const good = await readFile(join(root, part));
    for (const damage of [() => writeFile(join(root, part), good.subarray(0, 500)), () => rm(join(root, part)), () => writeFile(join(root, part), Buffer.concat([good, good]))]) {
      await damage();
      await expect(readStoredKlines(store, market)).rejects.toMatchObject({ code: 'CORRUPT', message: expect.stringContaining(part) as string, hint: expect.stringContaining('--repair') as string });
      const rest = await readStoredKlines(store, market, { damaged: 'leave-out' });
      expect(rest).toMatchObject({ isVouchedFor: false, damaged: [{ month: '2018-02' }] });
      expect(rest?.parsed.klines).toEqual(takeKlines(klines, [...Array(31).keys(), ...Array.from({ length: 11 }, (_, i) => 59 + i)]));
      for (const previous of [rest, undefined]) {
        await writeStoredKlines(store, market, klines, { source: 'rest', previous: previous === undefined ? undefined : { ...previous, klines: previous.parsed.klines } });
        expect(await readFile(join(root, part))).toEqual(good);
      }
    }
  });

  it('do not follow a manifest that leads elsewhere or contradicts itself', async () => {
    const { manifest } = await writeStoredKlines(store, market, klines, parquet);
    const [first, ...others] = manifest.parts ?? [];
    const write = (changes: object): Promise<void> => writeFile(join(root, manifestPath(market)), JSON.stringify({ ...manifest, ...changes }));
    for (const changes of [{ parts: [{ ...first, path: 'data/other.parquet' }, ...others] }, { parts: [first] }, { parts: [...others, first] }, { rows: 71 }, { sha256: '0'.repeat(64) }, { parts: [{ ...first, rows: 1e15 }, ...others], rows: 1e15 + 39 }]) {
      await write(changes);
      await expect(readStoredKlines(store, market)).rejects.toMatchObject({ code: 'CORRUPT', message: expect.stringContaining('manifest') as string });
    }
  });

  it('keep what is known about them', async () => {
    const facts = {
      restated: [{ open: '2018-01-02T00:00:00.000Z', noticed: '2018-03-01T00:00:00.000Z', source: 'rest', before: { volume: 1 }, after: { volume: 2 } }],
      archives: [{ name: 'b.zip', sha256: '1', last_modified: null, rows: 2 }, { name: 'a.zip', sha256: '2', last_modified: null, rows: 2, refused: 'a wrong member' }],
      sources: [{ source: 'dumps', from: '2018-01-01T00:00:00.000Z', to: '2018-01-02T00:00:00.000Z' }],
      askedFromMs: SAMPLE_START_MS,
      fetched: [{ fromMs: SAMPLE_START_MS, toMs: SAMPLE_START_MS + 6 * 86_400_000 }],
    };
    const gappy = takeKlines(klines, [0, 1, 5]);
    for (const format of ['csv', 'parquet'] as const) {
      const { manifest } = await writeStoredKlines(store, { ...market, venue: 'usdm' }, gappy, { source: 'auto', format, facts });
      expect(manifest).toMatchObject({ venue: 'usdm', asked_from: '2018-01-01T00:00:00.000Z', restated: facts.restated, sources: facts.sources, gaps: [{ bars: 3, confirmed: true }], archives: [{ name: 'a.zip' }, { name: 'b.zip' }] });
      expect((await readStoredKlines(store, { ...market, venue: 'usdm' }))?.manifest).toEqual(manifest);
    }
  });

  it('are read whole while somebody writes', async () => {
    await writeStoredKlines(store, market, sliceKlines(klines, 0, 60), parquet);
    let reads = 0;
    const late: ArtifactStore = {
      ...store,
      read: async (path, ...rest) => {
        const bytes = await store.read(path, ...rest);
        // after the reader has seen the manifest, its last part is replaced
        if (path === manifestPath(market) && (reads += 1) === 1) await writeStoredKlines(store, market, copy(), parquet);
        return bytes;
      },
    };
    expect((await readStoredKlines(late, market))?.parsed.klines).toEqual(klines);
  });
});
