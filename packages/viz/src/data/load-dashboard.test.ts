import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatDailyPrediction, formatKlinesCsv, loadBundle, predictDay, sliceKlines, type BundleFiles, type Klines } from '@forecastlab/core';
import { openFolderStore, openModelRegistry, writeStoredKlines } from '@forecastlab/core/node';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sampleBundleFiles, sampleKlines } from '../testing/sample-bundle.js';
import { loadDashboard } from './load-dashboard.js';

const BARS = 600;
const TRAINED = 580;
let klines: Klines;
let files: BundleFiles;
let nowMs = 0;
let root = '';

beforeAll(async () => {
  klines = sampleKlines(BARS);
  files = await sampleBundleFiles(klines, TRAINED);
  nowMs = klines.openTimeMs[BARS - 1] + 1.5 * 86_400_000;
});
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'forecastlab-load-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const load = (change: object = {}) => loadDashboard({ store: openFolderStore(root), nowMs, days: 60, ...change });
const storeKlines = async (bars: Klines = klines): Promise<void> => {
  await mkdir(join(root, 'data/raw'), { recursive: true });
  await writeFile(join(root, 'data/raw/sample_SAMPLEUSDT_1d.csv'), formatKlinesCsv(bars));
};
const activate = async (): Promise<void> => {
  const registry = openModelRegistry(openFolderStore(root));
  const { meta } = loadBundle(files);
  await registry.publish(files, meta.deployName);
  await registry.activate(meta.deployName, { why: 'test', nowMs });
};

describe('loadDashboard', () => {
  it('reads bundle, klines and predictions of the root', async () => {
    await storeKlines();
    await activate();
    const prediction = predictDay(loadBundle(files), klines);
    await openFolderStore(root).createOnly(`outputs/predictions/daily/${prediction.asof_date}.json`, new TextEncoder().encode(formatDailyPrediction(prediction)));
    const data = await load();
    expect(data.market).toMatchObject({ symbol: 'SAMPLEUSDT', interval: '1d', totalBars: BARS, synthetic: true, fileName: 'sample_SAMPLEUSDT_1d.csv' });
    expect(data.bundle).toMatchObject({ deployName: 'flow_T21X8_T14X8_20211201', activatedAt: new Date(nowMs).toISOString() });
    expect(data.today).toMatchObject({ origin: 'recorded', asofDate: prediction.asof_date });
    expect(data.history.map(({ candidate, origin }) => [candidate, origin.at(-1)])).toEqual([['T21_X8', 'recorded'], ['T14_X8', 'recorded']]);
    expect(data.notices).toEqual([]);
  });

  it('says what is missing in an empty root', async () => {
    const data = await load();
    expect(data).toMatchObject({ market: null, bundle: null, today: null, history: [] });
    expect(data.notices.map(({ kind }) => kind)).toEqual(['no-data', 'no-bundle']);
    expect(data.notices.every(({ command }) => command?.startsWith('forecastlab-'))).toBe(true);
  });

  it('shows the klines without a bundle, and how to make one', async () => {
    await storeKlines();
    const data = await load();
    expect(data.market?.bars.close).toHaveLength(60);
    expect(data.notices).toEqual([expect.objectContaining({ kind: 'no-bundle', command: expect.stringContaining('--symbol SAMPLEUSDT --interval 1d') as string })]);
  });

  it('refuses a damaged bundle and still shows the klines', async () => {
    await storeKlines();
    await activate();
    await writeFile(join(root, 'models/production/flow_T21X8_T14X8_20211201/model_T21_X8.json'), '{}');
    const data = await load();
    expect(data.bundle).toBeNull();
    expect(data.market).not.toBeNull();
    expect(data.notices).toEqual([expect.objectContaining({ kind: 'problem', message: expect.stringMatching(/^The active bundle is refused\..*model_T21_X8\.json/) as string })]);
  });

  it('says that the stored klines are damaged, and throws for a file that was named', async () => {
    await mkdir(join(root, 'data/raw'), { recursive: true });
    await writeFile(join(root, 'data/raw/sample_SAMPLEUSDT_1d.csv'), 'nonsense\n1,2\n');
    expect((await load()).notices[0]).toMatchObject({ kind: 'problem', message: expect.stringContaining('sample_SAMPLEUSDT_1d.csv') as string });
    await expect(load({ dataFile: join(root, 'none.csv') })).rejects.toMatchObject({ code: 'BAD_FILE', message: expect.stringContaining('none.csv') as string });
  });

  it('says that stored klines were changed since they were stored', async () => {
    await writeStoredKlines(openFolderStore(root), { symbol: 'SAMPLEUSDT', interval: '1d' }, klines, { source: 'sample' });
    expect((await load()).warnings).toEqual([]);
    await appendFile(join(root, 'data/raw/sample_SAMPLEUSDT_1d.csv'), '\n');
    expect((await load()).warnings[0]).toMatch(/^The file was changed since it was stored: .* data check --symbol SAMPLEUSDT --interval 1d .*\.$/);
  });

  it('leaves out bars that have not closed', async () => {
    await storeKlines();
    const data = await load({ nowMs: klines.openTimeMs[BARS - 1] + 1000 });
    expect(data.market).toMatchObject({ totalBars: BARS - 1 });
    expect(data.warnings[0]).toMatch(/^1 bar has not closed yet and is left out\.$/);
  });

  it('reads a file of another name for the bundle\'s market', async () => {
    await activate();
    const file = join(root, 'bars.csv');
    await writeFile(file, formatKlinesCsv(sliceKlines(klines, 0, BARS - 3)));
    expect((await load({ dataFile: file })).market).toMatchObject({ symbol: 'SAMPLEUSDT', totalBars: BARS - 3, fileName: 'bars.csv' });
  });
});
