import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatKlinesCsv, generateSampleMarket, klineCount } from '@forecastlab/core';
import { openFolderStore, updateSampleKlines } from '@forecastlab/core/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadMarket, type LoadedMarket, type MarketRequest } from './load-market.js';

const nowMs = Date.UTC(2019, 0, 1, 12);
let root = '';
let logged: string[] = [];
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'forecastlab-market-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));
const load = (request: MarketRequest): Promise<LoadedMarket> => {
  logged = [];
  return loadMarket(request, { store: root, nowMs: () => nowMs, log: (text) => logged.push(text) });
};

describe('loadMarket', () => {
  it('takes stored bars and what their manifest says', async () => {
    await expect(load({ symbol: 'SAMPLEUSDT' })).rejects.toMatchObject({ code: 'BAD_FILE', hint: expect.stringContaining('--source sample') });
    await updateSampleKlines(openFolderStore(root), { nowMs });
    const market = await load({ symbol: 'SAMPLEUSDT', interval: '1d' });
    expect(market).toMatchObject({ symbol: 'SAMPLEUSDT', interval: '1d', source: 'sample', isSynthetic: true, file: 'sample_SAMPLEUSDT_1d.csv' });
    expect(klineCount(market.klines)).toBe(365);
    expect(logged).toEqual(['sample_SAMPLEUSDT_1d.csv: 365 closed bars of 1d (synthetic)']);
  });

  it('says that stored bars were changed since they were stored', async () => {
    await updateSampleKlines(openFolderStore(root), { nowMs, interval: '12h' });
    appendFileSync(join(root, 'data/raw/sample_SAMPLEUSDT_12h.csv'), '\n');
    const { warnings } = await load({ symbol: 'SAMPLEUSDT', interval: '12h' });
    expect(warnings).toEqual([expect.stringMatching(/^the file was changed since it was stored: .* data check --symbol SAMPLEUSDT --interval 12h/)]);
    expect(logged[0]).toBe(`warning: sample_SAMPLEUSDT_12h.csv: ${warnings[0]}`);
  });

  it('takes a named file and leaves out the bar that is still open', async () => {
    const data = join(root, 'BTCUSDT_1d.csv');
    writeFileSync(data, formatKlinesCsv(generateSampleMarket({ seed: 1, startMs: 0, endMs: nowMs })));
    const market = await load({ data });
    expect(market).toMatchObject({ symbol: 'BTCUSDT', source: 'file', isSynthetic: false, path: data });
    expect(market.klines.openTimeMs.at(-1)).toBe(Date.UTC(2018, 11, 31));
    expect(logged[0]).toContain('not closed yet');
  });

  it('refuses a call without bars, and synthetic bars under a real name', async () => {
    await expect(load({})).rejects.toMatchObject({ code: 'BAD_OPTION' });
    await expect(load({ data: join(root, 'data/raw/sample_SAMPLEUSDT_1d.csv'), symbol: 'BTCUSDT' })).rejects.toThrow('must be SAMPLEUSDT');
    await expect(load({ data: join(root, 'nowhere.csv') })).rejects.toMatchObject({ code: 'BAD_FILE' });
  });
});
