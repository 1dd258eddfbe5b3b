// Whatever single operation of the file system fails while klines are written, the next reader sees the old series or the new
// one, vouched for or recognisably not, and running again leaves the bytes that an undisturbed run leaves.
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateSampleMarket, type Klines, SAMPLE_START_MS, sliceKlines, takeKlines } from '@forecastlab/core';
import { type ArtifactStore, openFolderStore, readStoredKlines, writeStoredKlines, type WriteKlinesOptions } from '@forecastlab/core/node';
import { forEveryFault } from './support/faulty-file-system.js';

const DAY_MS = 86_400_000;
const market = { symbol: 'TESTUSDT', interval: '1d' };
const all = generateSampleMarket({ seed: 1, startMs: SAMPLE_START_MS, endMs: SAMPLE_START_MS + 42 * DAY_MS });
// Two months; a bar of the first was restated, and two bars came.
const OLD = sliceKlines(all, 20, 40);
const NEW = takeKlines(all, Array.from({ length: 22 }, (_, row) => 20 + row));
NEW.volume[7] += 1;
const restated = [{ open: new Date(NEW.openTimeMs[7]).toISOString(), noticed: '2018-03-05T00:00:00.000Z', source: 'rest', before: { volume: OLD.volume[7] }, after: { volume: NEW.volume[7] } }];

let folder = '';
let run = 0;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forecastlab-faults-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Every file below a folder, with its bytes. */
async function filesOf(root: string): Promise<Record<string, string>> {
  const names = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = names.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path.slice(root.length + 1), (await readFile(path)).toString('base64')])));
}

/** What the update does: reads what is stored, writes what is to be stored. */
async function update(store: ArtifactStore, klines: Klines, options: WriteKlinesOptions): Promise<void> {
  const stored = await readStoredKlines(store, market);
  await writeStoredKlines(store, market, klines, { ...options, previous: stored === undefined ? undefined : { ...stored, klines: stored.parsed.klines } });
}

describe('with a fault at every operation', () => {
  it.each([
    { from: undefined, to: 'csv', code: 'EIO' },
    { from: undefined, to: 'parquet', code: 'EIO' },
    { from: 'csv', to: 'csv', code: 'ENOSPC' },
    { from: 'parquet', to: 'parquet', code: 'ENOSPC' },
    { from: 'csv', to: 'parquet', code: 'EIO' },
    { from: 'parquet', to: 'csv', code: 'EIO' },
  ] as const)('klines stored as $from are written as $to ($code)', async ({ from, to, code }) => {
    const start = join(folder, 'start');
    const done = join(folder, 'done');
    if (from !== undefined) await writeStoredKlines(openFolderStore(start), market, OLD, { source: 'rest', format: from });
    const options = { source: 'rest', format: to, facts: { restated } };
    if (from !== undefined) await cp(start, done, { recursive: true });
    await update(openFolderStore(done), NEW, options);
    const wanted = await filesOf(done);

    const operations = await forEveryFault(async (fs) => {
      const root = join(folder, String((run += 1)));
      if (from !== undefined) await cp(start, root, { recursive: true });
      const isFailed = await update(openFolderStore(root, { fs }), NEW, options).then(() => false, () => true);

      const left = await readStoredKlines(openFolderStore(root), market);
      if (from === undefined && left === undefined) {
        expect(isFailed).toBe(true);
      } else {
        const rows = left?.parsed.klines.openTimeMs.length;
        expect([20, 22]).toContain(rows);
        expect(left?.parsed.klines).toEqual(rows === 20 ? OLD : NEW);
        if (left?.isVouchedFor === true) expect(left.manifest?.rows).toBe(rows);
        // only CSV that is newer than its manifest is not vouched for
        else expect([to, rows]).toEqual(['csv', 22]);
        if (!isFailed) expect([rows, left?.isVouchedFor]).toEqual([22, true]);
      }

      await update(openFolderStore(root), NEW, options);
      expect(await filesOf(root)).toEqual(wanted);
      await rm(root, { recursive: true });
    }, code);
    expect(operations).toBeGreaterThan(10);
  });
});
