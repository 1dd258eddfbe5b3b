import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ForecastLabError } from '@forecastlab/core';
import { type ArtifactStore, openFolderStore, openModelRegistry } from '@forecastlab/core/node';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { markBegun } from './begun-challengers.js';
import { type Pruned, pruneChallengers } from './prune-challengers.js';

let root = '';
let store: ArtifactStore;
const put = (path: string, document: unknown): Promise<void> => store.replace(path, new TextEncoder().encode(JSON.stringify(document)));
const line = (action: string, to: string): Promise<unknown> => store.append('models/production/promotions.jsonl', JSON.stringify({ when: '2020-01-01T00:00:00.000Z', action, from: 'champion', to, why: 'x' }));
const prune = (over: ArtifactStore = store, keep = 0): Promise<Pruned> => pruneChallengers(over, openModelRegistry(over), { keep, checkLock: () => undefined });
const bundles = async (): Promise<readonly string[]> => [...new Set((await store.list('models/production/')).filter((path) => path.endsWith('/meta.json')).map((path) => path.split('/')[2]))].sort();

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'forecastlab-prune-'));
  store = openFolderStore(root);
  for (const name of ['champion', 'a', 'b', 'c', 'killed', 'by-hand']) await put(`models/production/${name}/meta.json`, { name });
  await line('activate', 'champion');
  for (const name of ['a', 'b', 'c']) await line('decline', name);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('keeps what predictions, outcomes and run records name, and reads no prediction whose outcome is known', async () => {
  await put('outputs/predictions/daily/2020-01-01.json', { deploy_name: 'scored, and so not read' });
  await put('outputs/predictions/daily/2020-01-02.json', { deploy_name: 'a' });
  await store.append('outputs/predictions/outcomes.jsonl', JSON.stringify({ prediction_file: 'outputs/predictions/daily/2020-01-01.json', deploy_name: 'b' }));
  await put('outputs/runs/predict/20200103T000500000Z-000000.json', { facts: { answers: [{ deploy_name: 'c' }] } });
  const read: string[] = [];
  expect(await prune({ ...store, read: (path, options) => (read.push(path), store.read(path, options)) })).toEqual({ removed: [], problem: null });
  expect(read).not.toContain('outputs/predictions/daily/2020-01-01.json');
  await store.remove('outputs/runs/predict/20200103T000500000Z-000000.json');
  expect(await prune()).toEqual({ removed: ['c'], problem: null });
});

it('removes nothing when a file that may name a bundle cannot be read, says so, and does not fail', async () => {
  await put('outputs/predictions/daily/2020-01-02.json', { deploy_name: 'a' });
  const flaky: ArtifactStore = { ...store, read: (path, options) => (path.includes('/daily/') ? Promise.reject(new ForecastLabError('TEMPORARY', 'The server is busy.')) : store.read(path, options)) };
  expect(await prune(flaky)).toEqual({ removed: [], problem: 'Old challengers were not removed: The server is busy.' });
  expect(await bundles()).toEqual(['a', 'b', 'by-hand', 'c', 'champion', 'killed']);
  expect((await prune()).removed).toEqual(['c', 'b']);
});

it('removes a challenger that was published and never judged, after those that were; never what was published by hand', async () => {
  for (const name of ['champion', 'a', 'killed']) await markBegun(store, name, 0);
  expect((await prune(store, 4)).removed).toEqual([]);
  expect((await prune(store, 3)).removed).toEqual(['killed']);
  expect(await bundles()).toEqual(['a', 'b', 'by-hand', 'c', 'champion']);
  expect(await store.list('outputs/retrain/begun/')).toEqual(['outputs/retrain/begun/a.json']);
});
