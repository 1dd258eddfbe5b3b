import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { formatKlinesCsv } from '../../klines/format-klines-csv.js';
import { generateSampleMarket } from '../../klines/generate-sample-market.js';
import { klineCount } from '../../klines/klines.js';
import { openFolderStore } from '../store/folder-store.js';
import { readLeader } from './read-leader.js';

const nowMs = Date.UTC(2018, 5, 1, 12);
const bars = generateSampleMarket({ seed: 3, startMs: Date.UTC(2018, 0), endMs: Date.UTC(2018, 6) });
const roots: string[] = [];
afterAll(() => roots.forEach((root) => rmSync(root, { recursive: true, force: true })));
let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'forecastlab-leader-'));
  roots.push(root);
  mkdirSync(join(root, 'data/raw'), { recursive: true });
});
const write = (path: string): void => writeFileSync(join(root, path), formatKlinesCsv(bars));
const read = (leader?: string, interval = '1d') => readLeader(openFolderStore(root), { interval, leader }, { nowMs });

describe('readLeader', () => {
  it('takes the stored bars of BTCUSDT, closed ones only', async () => {
    write('data/raw/binance_BTCUSDT_1d.csv');
    const leader = await read();
    expect(leader).toMatchObject({ symbol: 'BTCUSDT', file: 'binance_BTCUSDT_1d.csv' });
    expect(leader?.klines.openTimeMs.at(-1)).toBe(Date.UTC(2018, 4, 31));
    expect(leader?.warnings.join()).toContain('not closed yet');
    expect((await read('BTCUSDT'))?.klines).toEqual(leader?.klines);
  });

  it('has none when BTCUSDT is not stored, of that bar length and venue', async () => {
    expect(await read()).toBeUndefined();
    write('data/raw/binance_BTCUSDT_1d.csv');
    expect(await read(undefined, '4h')).toBeUndefined();
    expect(await readLeader(openFolderStore(root), { interval: '1d', venue: 'usdm' }, { nowMs })).toBeUndefined();
  });

  it('takes a file, whose bars must be of the same length', async () => {
    write('leading.csv');
    const leader = await read(join(root, 'leading.csv'));
    expect([leader?.symbol, leader?.file, klineCount(leader?.klines ?? bars)]).toEqual([null, 'leading.csv', 151]);
    write('ETHUSDT-1d.csv');
    expect((await read(join(root, 'ETHUSDT-1d.csv')))?.symbol).toBe('ETHUSDT');
    await expect(read(join(root, 'leading.csv'), '4h')).rejects.toMatchObject({ code: 'BAD_OPTION', message: expect.stringContaining('bars of 4h') });
  });

  it('misses whom it was told to follow', async () => {
    await expect(read('ETHUSDT')).rejects.toMatchObject({ code: 'BAD_FILE', message: expect.stringContaining('leader ETHUSDT 1d'), hint: expect.stringContaining('--symbol ETHUSDT') });
    await expect(read(join(root, 'gone.csv'))).rejects.toMatchObject({ code: 'BAD_FILE' });
    await expect(read('btc-usdt')).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });
});
