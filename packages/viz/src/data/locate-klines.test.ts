import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locateKlines, type KlinesWish } from './locate-klines.js';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'forecastlab-raw-'));
  await mkdir(join(root, 'data/raw'), { recursive: true });
  for (const name of ['binance_BTCUSDT_1d.csv', 'binance_BTCUSDT_1d.manifest.json', 'binance_BTCUSDT_1h.csv', 'binance_ETHUSDT_1d.csv', 'notes.csv']) await writeFile(join(root, 'data/raw', name), '');
});
afterAll(() => rm(root, { recursive: true, force: true }));

const find = async (wish: Partial<KlinesWish>): Promise<string | null> => {
  const place = await locateKlines({ root, bundle: null, ...wish });
  return place === null ? null : `${basename(place.path)} ${place.symbol} ${place.interval}`;
};

describe('locateKlines', () => {
  it('takes the bundle\'s market, or the one that was asked for', async () => {
    const bundle = { symbol: 'BTCUSDT', interval: '1d' };
    expect(await find({ bundle })).toBe('binance_BTCUSDT_1d.csv BTCUSDT 1d');
    expect(await find({ bundle, symbol: 'ETHUSDT' })).toBe('binance_ETHUSDT_1d.csv ETHUSDT 1d');
    expect(await find({ bundle, interval: '1h' })).toBe('binance_BTCUSDT_1h.csv BTCUSDT 1h');
  });

  it('takes the only one there is, and none when there are several', async () => {
    expect(await find({ symbol: 'ETHUSDT' })).toBe('binance_ETHUSDT_1d.csv ETHUSDT 1d');
    expect(await find({})).toBeNull();
    expect(await find({ symbol: 'XRPUSDT' })).toBeNull();
    expect(await find({ root: join(root, 'nowhere') })).toBeNull();
  });

  it('reads the market from the name of a given file, unless told', async () => {
    const bundle = { symbol: 'BTCUSDT', interval: '1d' };
    expect(await find({ dataFile: '/x/ETHUSDT_1d_12col.csv', bundle })).toBe('ETHUSDT_1d_12col.csv ETHUSDT 1d');
    expect(await find({ dataFile: '/x/bars.csv', bundle })).toBe('bars.csv BTCUSDT null');
    expect(await find({ dataFile: '/x/bars.csv', symbol: 'ABC', interval: '4h' })).toBe('bars.csv ABC 4h');
    expect(await find({ dataFile: '/x/bars.csv' })).toBe('bars.csv bars.csv null');
  });
});
