import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ArtifactStore, openFolderStore } from '@forecastlab/core/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locateKlines, type KlinesWish } from './locate-klines.js';

let root = '';
let store: ArtifactStore;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'forecastlab-raw-'));
  store = openFolderStore(root);
  for (const name of ['binance_BTCUSDT_1d.csv', 'binance_BTCUSDT_1d.manifest.json', 'binance_BTCUSDT_1h.csv', 'sample_SAMPLEUSDT_1d.csv', 'sample_ETHUSDT_1d.csv', 'notes.csv']) {
    await store.createOnly(`data/raw/${name}`, new Uint8Array());
  }
});
afterAll(() => rm(root, { recursive: true, force: true }));

const find = async (wish: Partial<KlinesWish>): Promise<string | null> => {
  const place = await locateKlines(store, { bundle: null, ...wish });
  return place === null ? null : `${place.kind} ${place.symbol} ${place.interval}`;
};

describe('locateKlines', () => {
  it('takes the bundle\'s market, or the one that was asked for', async () => {
    const bundle = { symbol: 'BTCUSDT', interval: '1d', data: { file: null } };
    expect(await find({ bundle })).toBe('stored BTCUSDT 1d');
    expect(await find({ bundle, symbol: 'SAMPLEUSDT' })).toBe('stored SAMPLEUSDT 1d');
    expect(await find({ bundle, interval: '1h' })).toBe('stored BTCUSDT 1h');
  });

  it('takes the only one there is, and none when there are several or it goes by a wrong name', async () => {
    expect(await find({ symbol: 'SAMPLEUSDT' })).toBe('stored SAMPLEUSDT 1d');
    expect(await find({})).toBeNull();
    expect(await find({ symbol: 'ETHUSDT' })).toBeNull();
    expect(await locateKlines(openFolderStore(join(root, 'nowhere')), { bundle: null })).toBeNull();
  });

  it('finds klines that are stored as Parquet, as one market', async () => {
    for (const name of ['2024-01-0123abcd.parquet', '2024-02-0123abcd.parquet', 'other.parquet']) await store.createOnly(`data/raw/binance_SOLUSDT_1m/${name}`, new Uint8Array());
    expect(await find({ symbol: 'SOLUSDT' })).toBe('stored SOLUSDT 1m');
  });

  it('finds futures, apart from spot of the same name', async () => {
    for (const name of ['binance_LTCUSDT_1d.csv', 'binance-usdm_LTCUSDT_1d.csv']) await store.createOnly(`data/raw/${name}`, new Uint8Array());
    const venueFor = async (file: string | null): Promise<unknown> => locateKlines(store, { bundle: { symbol: 'LTCUSDT', interval: '1d', data: { file } } });
    expect(await venueFor('binance-usdm_LTCUSDT_1d.csv')).toMatchObject({ kind: 'stored', venue: 'usdm' });
    expect(await venueFor('binance_LTCUSDT_1d.csv')).toMatchObject({ kind: 'stored', venue: 'spot' });
    expect(await venueFor(null)).toMatchObject({ venue: 'spot' });
  });

  it('reads the market from the name of a given file, unless told', async () => {
    const bundle = { symbol: 'BTCUSDT', interval: '1d', data: { file: null } };
    expect(await find({ dataFile: '/x/ETHUSDT_1d_12col.csv', bundle })).toBe('file ETHUSDT 1d');
    expect(await find({ dataFile: '/x/bars.csv', bundle })).toBe('file BTCUSDT null');
    expect(await find({ dataFile: '/x/bars.csv', symbol: 'ABC', interval: '4h' })).toBe('file ABC 4h');
    expect(await find({ dataFile: '/x/bars.csv' })).toBe('file bars.csv null');
  });
});
