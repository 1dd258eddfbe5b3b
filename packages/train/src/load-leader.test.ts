import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatKlinesCsv, generateSampleMarket } from '@forecastlab/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadLeader, type LoadedLeader } from './load-leader.js';

const nowMs = Date.UTC(2019, 0, 1, 12);
const bars = formatKlinesCsv(generateSampleMarket({ seed: 3, startMs: Date.UTC(2018, 0), endMs: Date.UTC(2019, 0) }));
const [root, empty] = ['forecastlab-leader-', 'forecastlab-leaderless-'].map((name) => mkdtempSync(join(tmpdir(), name)));
let logged: string[] = [];
beforeAll(() => {
  mkdirSync(join(root, 'data/raw'), { recursive: true });
  writeFileSync(join(root, 'data/raw/binance_BTCUSDT_1d.csv'), bars);
  writeFileSync(join(root, 'ADAUSDT_1d.csv'), bars);
});
afterAll(() => [root, empty].forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const load = (symbol: string | null, more: Partial<Parameters<typeof loadLeader>[0]> = {}, store = root): Promise<LoadedLeader> => {
  logged = [];
  return loadLeader({ features: 'market', ...more }, { symbol, interval: '1d', isSynthetic: symbol === 'SAMPLEUSDT' }, { store, cwd: root, nowMs: () => nowMs, log: (text) => logged.push(text) });
};

describe('loadLeader', () => {
  it('takes BTCUSDT from the store, and says so', async () => {
    const { leader, warnings } = await load('ETHUSDT');
    expect([leader?.symbol, warnings]).toEqual(['BTCUSDT', []]);
    expect(logged).toEqual(['binance_BTCUSDT_1d.csv: 365 closed bars of the leading market']);
    expect((await load(null)).leader?.symbol).toBe('BTCUSDT');
  });

  it('takes a file that is named, relative to the current folder', async () => {
    expect((await load('ETHUSDT', { leader: './ADAUSDT_1d.csv' })).leader?.symbol).toBe('ADAUSDT');
    expect((await load('SAMPLEUSDT', { leader: 'BTCUSDT' })).leader?.symbol).toBe('BTCUSDT');
  });

  it.each([
    ['no feature needs one', 'ETHUSDT', { features: 'flow' }],
    ['the market is the leader', 'BTCUSDT', {}],
    ['the market is the leader that was named', 'ADAUSDT', { leader: './ADAUSDT_1d.csv' }],
    ['the bars are synthetic', 'SAMPLEUSDT', {}],
    ['nobody shall lead', 'ETHUSDT', { leader: 'none' }],
  ] as const)('has none, without a word, when %s', async (_, symbol, more) => {
    expect(await load(symbol, more)).toEqual({ warnings: [] });
    expect(logged).toEqual([]);
  });

  it('says in one line that the features of a leader are missing', async () => {
    const sentence = 'There are no stored bars of BTCUSDT 1d: the features of a leading market are missing.';
    expect(await load('ETHUSDT', {}, empty)).toEqual({ warnings: [sentence] });
    expect(logged).toEqual([`warning: ${sentence}`]);
    await expect(load('ETHUSDT', { leader: 'XRPUSDT' })).rejects.toMatchObject({ code: 'BAD_FILE' });
  });
});
