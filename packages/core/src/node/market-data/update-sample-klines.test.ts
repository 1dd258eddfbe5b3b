import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SAMPLE_START_MS } from '../../klines/generate-sample-market.js';
import { openFolderStore } from '../store/folder-store.js';
import { updateSampleKlines } from './update-sample-klines.js';

const DAY = 86_400_000;
const NOW = SAMPLE_START_MS + 100 * DAY + 3_600_000;
const CSV = 'data/raw/sample_SAMPLEUSDT_1d.csv';
const MANIFEST = 'data/raw/sample_SAMPLEUSDT_1d.manifest.json';
let root = '';
const update = (options: Partial<Parameters<typeof updateSampleKlines>[1]> = {}): ReturnType<typeof updateSampleKlines> => updateSampleKlines(openFolderStore(root), { nowMs: NOW, ...options });
const text = (path: string): Promise<string> => readFile(join(root, path), 'utf8');
const files = async (): Promise<unknown> => Promise.all([CSV, MANIFEST].map(async (path) => [await text(path), (await stat(join(root, path))).mtimeMs, (await stat(join(root, path))).ino]));

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sample-klines-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('updateSampleKlines', () => {
  it('stores closed bars only, says synthetic, and describes them', async () => {
    expect(await update()).toEqual({ symbol: 'SAMPLEUSDT', interval: '1d', source: 'sample', synthetic: true, path: CSV, rows: 100, added: 100, fromMs: SAMPLE_START_MS, toMs: SAMPLE_START_MS + 99 * DAY });
    const manifest = JSON.parse(await text(MANIFEST)) as Record<string, unknown>;
    expect(manifest).toMatchObject({ source: 'sample', synthetic: true, rows: 100, first_open: '2018-01-01T00:00:00.000Z', last_open: '2018-04-10T00:00:00.000Z', gaps: [], generator: { seed: 42, signal: 1 } });
    expect(Object.keys(manifest.months as object)).toEqual(['2018-01', '2018-02', '2018-03', '2018-04']);
  });

  it('refuses a span of more bars than can be stored', async () => {
    await expect(update({ interval: '1m', nowMs: Date.UTC(2026, 0, 1) })).rejects.toMatchObject({ code: 'BAD_OPTION', message: expect.stringContaining('at most 2000000 bars of 1m ago') as string, hint: expect.stringContaining('--start') as string });
    await expect(update({ interval: '1s', startMs: Date.UTC(2025, 11, 31), nowMs: Date.UTC(2026, 0, 1) })).rejects.toMatchObject({ code: 'BAD_OPTION', message: expect.stringContaining('Got "1s"') as string });
  });

  it('writes nothing while no new bar has closed, and adds the ones that have', async () => {
    await update();
    const before = await files();
    expect(await update({ nowMs: SAMPLE_START_MS + 101 * DAY - 1 })).toMatchObject({ rows: 100, added: 0 });
    expect(await files()).toEqual(before);
    const old = await text(CSV);
    expect(await update({ nowMs: SAMPLE_START_MS + 101 * DAY })).toMatchObject({ rows: 101, added: 1 });
    expect((await text(CSV)).startsWith(old)).toBe(true);
  });

  it('is the same file in one step or in many', async () => {
    for (const days of [10, 11, 40, 100]) await update({ nowMs: SAMPLE_START_MS + days * DAY });
    const steps = [await text(CSV), await text(MANIFEST)];
    await rm(join(root, 'data'), { recursive: true });
    await update();
    expect([await text(CSV), await text(MANIFEST)]).toEqual(steps);
  });

  it('reaches back on request and never forgets bars', async () => {
    await update({ startMs: SAMPLE_START_MS + 50 * DAY });
    expect(await update({ startMs: SAMPLE_START_MS + 20 * DAY })).toMatchObject({ rows: 80, added: 30 });
    expect(await update({ startMs: SAMPLE_START_MS + 90 * DAY })).toMatchObject({ rows: 80, added: 0 });
    expect(await update({ nowMs: NOW - 30 * DAY, startMs: SAMPLE_START_MS + 90 * DAY })).toMatchObject({ rows: 80, added: 0 }); // a clock set back
  });

  it('mends a manifest that was lost', async () => {
    await update();
    const manifest = await text(MANIFEST);
    await rm(join(root, MANIFEST));
    expect(await update()).toMatchObject({ added: 0 });
    expect(await text(MANIFEST)).toBe(manifest);
  });

  it('refuses another seed, edited bars, other symbols and spans without a bar, and leaves the files as they are', async () => {
    await update();
    const before = await files();
    await expect(update({ seed: 7 })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(update({ signal: 0 })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(update({ symbol: 'BTCUSDT' })).rejects.toMatchObject({ code: 'BAD_OPTION' });
    expect(await files()).toEqual(before);
    await expect(update({ interval: '1h', nowMs: SAMPLE_START_MS })).rejects.toMatchObject({ code: 'BAD_DATA' });
    const edited = (await text(CSV)).replace('10000.0', '10000.5');
    await writeFile(join(root, CSV), edited);
    await expect(update()).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('holds other bars') as string });
    expect(await text(CSV)).toBe(edited);
  });

  it('two at once make one file', async () => {
    const reports = await Promise.all([update(), update()]);
    expect(reports.map(({ added }) => added).sort((a, b) => a - b)).toEqual([0, 100]);
  });
});
