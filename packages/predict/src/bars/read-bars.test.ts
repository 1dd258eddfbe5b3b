import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BundleMeta, generateSampleMarket, SAMPLE_START_MS, sliceKlines } from '@forecastlab/core';
import { openFolderStore, rawKlinesPath, writeStoredKlines } from '@forecastlab/core/node';
import { expect, it, onTestFinished } from 'vitest';
import { readBars } from './read-bars.js';

it('tells stored bars that were changed since they were stored', async () => {
  const root = await mkdtemp(join(tmpdir(), 'read-bars-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const store = openFolderStore(root);
  const market = { symbol: 'BTCUSDT', interval: '1d' };
  const meta = { ...market, data: { file: 'binance_BTCUSDT_1d.csv' } } as BundleMeta;
  const klines = generateSampleMarket({ seed: 1, startMs: SAMPLE_START_MS, endMs: SAMPLE_START_MS + 40 * 86_400_000 });
  await writeStoredKlines(store, market, sliceKlines(klines, 0, 39), { source: 'rest' });
  expect(await readBars({ store }, meta)).toMatchObject({ isVouchedFor: true, warnings: [] });
  await appendFile(join(root, rawKlinesPath(market)), '\n');
  expect(await readBars({ store }, meta)).toMatchObject({ isVouchedFor: false, warnings: [expect.stringContaining('data check --symbol BTCUSDT --interval 1d') as string] });
  expect(await readBars({ store, dataFile: join(root, rawKlinesPath(market)) }, meta)).toMatchObject({ warnings: [] });
});
