import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openFolderStore } from '../store/index.js';
import { createRunId } from './run-id.js';
import { readRuns, startRun } from './run-record.js';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'forecastlab-runs-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

it('records start and end', async () => {
  const store = openFolderStore(root);
  const nowMs = Date.UTC(2025, 0, 31, 0, 7, 5, 123);
  const runId = createRunId({ nowMs, random: () => 0.5 });
  expect(runId).toBe('20250131T000705123Z-iiiiii');
  const run = await startRun(store, { job: 'predict', runId, nowMs, facts: { symbols: ['BTCUSDT'] } });
  expect(await readRuns(store, { job: 'predict' })).toEqual([run.record]);
  await expect(startRun(store, { job: 'predict', runId, nowMs })).rejects.toMatchObject({ code: 'CONFLICT' });
  const finished = await run.finish({ exitCode: 3, nowMs: nowMs + 1500, facts: { failed: ['ETHUSDT'] } });
  expect(JSON.parse(await readFile(join(root, 'outputs/runs/predict', `${runId}.json`), 'utf8'))).toEqual(finished);
  expect(finished).toEqual({
    schema: 'forecastlab.run/1',
    job: 'predict',
    run_id: runId,
    started_at: '2025-01-31T00:07:05.123Z',
    finished_at: '2025-01-31T00:07:06.623Z',
    duration_ms: 1500,
    exit_code: 3,
    facts: { symbols: ['BTCUSDT'], failed: ['ETHUSDT'] },
  });
});

it('gives the newest runs first and refuses odd names and files', async () => {
  const store = openFolderStore(root);
  let tick = 0;
  const random = (): number => (tick = (tick + 0.37) % 1);
  for (const day of [3, 1, 2]) await startRun(store, { job: 'train', runId: createRunId({ nowMs: Date.UTC(2025, 0, day), random }), nowMs: Date.UTC(2025, 0, day) });
  expect((await readRuns(store, { job: 'train', limit: 2 })).map((run) => run.started_at.slice(0, 10))).toEqual(['2025-01-03', '2025-01-02']);
  expect(await readRuns(store, { job: 'other' })).toEqual([]);
  await expect(startRun(store, { job: '../x', runId: 'a', nowMs: 0 })).rejects.toMatchObject({ code: 'BAD_OPTION' });
  await expect(startRun(store, { job: 'x', runId: 'a/b', nowMs: 0 })).rejects.toMatchObject({ code: 'BAD_OPTION' });
  await store.createOnly('outputs/runs/train/zzz.json', new TextEncoder().encode('{}'));
  await expect(readRuns(store, { job: 'train' })).rejects.toMatchObject({ code: 'CORRUPT', message: expect.stringContaining('zzz.json') });
});
