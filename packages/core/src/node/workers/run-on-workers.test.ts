import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runOnWorkers } from './run-on-workers.js';

const folder = mkdtempSync(join(tmpdir(), 'forecastlab-workers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A worker that speaks the protocol of serveTasks: doubles numbers, fails on 13, dies on 66, never answers 99. */
const file = join(folder, 'worker.mjs');
writeFileSync(file, `
import { parentPort, threadId, workerData } from 'node:worker_threads';
parentPort.on('message', ({ index, task }) => {
  if (task === 13) parentPort.postMessage({ kind: 'failed', error: { code: 'BAD_DATA', message: 'thirteen', hint: 'Take another.' } });
  else if (task === 66) process.exit(3);
  else if (task !== 99) parentPort.postMessage({ kind: 'done', index, result: { doubled: task * workerData.factor, threadId } });
});
parentPort.postMessage({ kind: 'ready' });
`);

interface Doubled {
  readonly doubled: number;
  readonly threadId: number;
}
const run = (tasks: readonly number[], more: { threads?: number; signal?: AbortSignal; onResult?: (result: Doubled, task: number) => Promise<void> | void } = {}) =>
  runOnWorkers<number, Doubled>({ file, workerData: { factor: 2 }, threads: 3, tasks, onResult: () => undefined, ...more });

describe('runOnWorkers', () => {
  it('does every task once, one result at a time, on no more workers than asked for', async () => {
    const tasks = Array.from({ length: 40 }, (_, i) => 100 + i);
    const seen: number[] = [];
    const threads = new Set<number>();
    let open = 0;
    await run(tasks, {
      async onResult({ doubled, threadId }, task) {
        expect((open += 1)).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 1));
        expect(doubled).toBe(2 * task);
        seen.push(task);
        threads.add(threadId);
        open -= 1;
      },
    });
    expect(seen.sort((a, b) => a - b)).toEqual(tasks);
    expect(threads.size).toBeGreaterThan(0);
    expect(threads.size).toBeLessThanOrEqual(3);
    await run([]);
  });

  it('ends with the error of a task, its code and its hint', async () => {
    await expect(run([1, 13, 2])).rejects.toMatchObject({ name: 'ForecastLabError', code: 'BAD_DATA', message: 'thirteen', hint: 'Take another.' });
  });

  it('ends when a worker dies, and with what onResult throws', async () => {
    await expect(run([66])).rejects.toMatchObject({ code: 'FAILED', message: expect.stringContaining('A worker thread died: exit code 3') });
    await expect(run([1], { onResult: () => Promise.reject(new Error('disk full')) })).rejects.toThrow('disk full');
  });

  it('ends at once when asked to, even while a worker is busy', async () => {
    const stop = new AbortController();
    const ended = run([99, 99, 99], { signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 50);
    await expect(ended).rejects.toThrow('enough');
    await expect(run([1], { signal: stop.signal })).rejects.toThrow('enough');
  });
});
