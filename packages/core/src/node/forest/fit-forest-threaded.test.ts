import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { sampleProblem } from '../../../../../tests/support/sample-problem.js';
import { fitForest } from '../../trees/forest/forest.js';
import type { ForestParams } from '../../trees/forest/forest-options.js';
import { fitForestThreaded } from './fit-forest-threaded.js';
import type { ThreadedForestOptions } from './fit-forest-threaded.js';

const folder = mkdtempSync(join(tmpdir(), 'forecastlab-forest-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The worker as it is built into the package, here from the sources. */
const workerFile = join(folder, 'forest-worker.mjs');
buildSync({ entryPoints: [fileURLToPath(new URL('forest-worker.ts', import.meta.url))], outfile: workerFile, bundle: true, format: 'esm', platform: 'node' });

const { matrix, classIndexes } = sampleProblem(41, 300, 5, { missing: 0.1 });
const fit = (params: ForestParams, more: Partial<ThreadedForestOptions> = {}) => fitForestThreaded(matrix, classIndexes, { classes: 3, seed: 3, params: { nEstimators: 11, ...params }, workerFile, ...more });

describe('fitForestThreaded', () => {
  it.each<ForestParams>([{}, { splitter: 'random' }, { classWeights: 'balanced-subsample', maxLeafNodes: 12 }, { splitMode: 'histogram', maxBin: 16 }])('gives the bits of one thread: %j', async (params) => {
    const expected = fitForest(matrix, classIndexes, { classes: 3, seed: 3, params: { nEstimators: 11, ...params } });
    for (const threads of [1, 2, 3]) expect(await fit(params, { threads })).toEqual(expected);
  });

  it('scores out of bag, with weights, as one thread does', async () => {
    const weights = Float64Array.from({ length: 300 }, (_, row) => row % 4);
    const expected = fitForest(matrix, classIndexes, { classes: 3, seed: 3, oob: true, weights, params: { nEstimators: 11 } });
    expect(await fit({}, { threads: 2, oob: true, weights })).toEqual(expected);
  });

  it('grows in this thread where no worker was built', async () => {
    const built = await fitForestThreaded(matrix, classIndexes, { classes: 3, seed: 3, params: { nEstimators: 2 } });
    expect(built).toEqual(fitForest(matrix, classIndexes, { classes: 3, seed: 3, params: { nEstimators: 2 } }));
  });

  it('tells how many trees are done, up to all', async () => {
    const seen: number[] = [];
    await fit({}, { threads: 2, onIteration: (done, total) => seen.push(done, total) });
    expect(seen.slice(-2)).toEqual([11, 11]);
    expect(seen.length).toBe(16); // eight ranges
  });

  it('stops when asked, and when a worker dies', async () => {
    const stop = new AbortController();
    await expect(fit({}, { threads: 2, signal: stop.signal, onIteration: () => stop.abort(new Error('enough')) })).rejects.toThrow('enough');
    await expect(fit({}, { threads: 1, signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before');
    const dying = join(folder, 'dying.mjs');
    writeFileSync(dying, 'process.exit(3);');
    await expect(fit({}, { threads: 2, workerFile: dying })).rejects.toMatchObject({ code: 'FAILED' });
  });

  it('refuses bad options and bad data as fitForest does', async () => {
    await expect(fit({}, { threads: 0 })).rejects.toThrow('The `threads` option of fitForestThreaded must be an integer from 1 to 256. Got 0.');
    await expect(fit({ maxBin: 1 })).rejects.toThrow(/`maxBin` option of fitForestThreaded/);
    await expect(fit({}, { weights: [1] })).rejects.toMatchObject({ code: 'BAD_DATA' });
  });
});
