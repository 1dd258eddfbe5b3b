// Old records make room, the newest stay, and what is damaged is passed over when that is asked for.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ArtifactStore, openFolderStore } from '../store/index.js';
import { pruneRuns } from './prune-runs.js';
import { createRunId } from './run-id.js';
import { readRuns, startRun } from './run-record.js';

let root = '';
let store: ArtifactStore;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'forecastlab-runs-'));
  store = openFolderStore(root);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const start = (day: number, job = 'predict', facts = {}): ReturnType<typeof startRun> => startRun(store, { job, runId: createRunId({ nowMs: Date.UTC(2025, 0, day), random: () => 0 }), nowMs: Date.UTC(2025, 0, day), facts });

it('keeps the newest records of the job, and those of other jobs', async () => {
  for (let day = 1; day <= 6; day += 1) await start(day);
  await start(1, 'other');
  expect(await pruneRuns(store, { job: 'predict', keep: 4 })).toBe(2);
  expect((await readRuns(store, { job: 'predict' })).map((run) => run.started_at.slice(8, 10))).toEqual(['06', '05', '04', '03']);
  expect(await pruneRuns(store, { job: 'predict', keep: 4 })).toBe(0);
  expect(await readRuns(store, { job: 'other' })).toHaveLength(1);
});

it('a run goes on when old records cannot be removed', async () => {
  const refusing: ArtifactStore = { ...store, list: () => Promise.reject(new Error('no')) };
  const run = await startRun(refusing, { job: 'predict', runId: 'a', nowMs: 0 });
  expect(await run.finish({ exitCode: 0, nowMs: 1 })).toMatchObject({ exit_code: 0 });
});

it('passes over damaged records where asked, and the next one takes the place', async () => {
  await start(1);
  await start(2);
  await store.createOnly('outputs/runs/predict/20250103T000000000Z-000000.json', new TextEncoder().encode('{'));
  await expect(readRuns(store, { job: 'predict', limit: 1 })).rejects.toMatchObject({ code: 'CORRUPT' });
  expect(await readRuns(store, { job: 'predict', limit: 1, skipDamaged: true })).toMatchObject([{ started_at: '2025-01-02T00:00:00.000Z' }]);
});

it('holds no secrets', async () => {
  const run = await start(1, 'predict', { url: 'https://maria:secret77@host/', headers: { authorization: 'x' } });
  await run.finish({ exitCode: 1, nowMs: 0, facts: { error: { message: 'sent Bearer abcdefghij' } } });
  expect((await readRuns(store, { job: 'predict' }))[0].facts).toEqual({ url: 'https://[redacted]@host/', headers: { authorization: '[redacted]' }, error: { message: 'sent Bearer [redacted]' } });
});
