// One attempt, watched over: exit codes, output with a bound, limits, programs that are not there.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { endOf, readRunOfJob } from '../plan/read-run.js';
import { openBoundedOutput } from './bounded-output.js';
import { pruneRuns } from './prune-runs.js';
import type { RunRequest } from './run-request.js';
import { superviseRun } from './supervise-run.js';

function folder(): string {
  const root = mkdtempSync(join(tmpdir(), 'forecastlab-run-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

async function run(script: string | readonly string[], more: Partial<RunRequest> = {}, stopAfterMs?: number) {
  const root = folder();
  const runId = `r-${Math.random().toString(36).slice(2)}`;
  const words = typeof script === 'string' ? ['sh', '-c', script] : script;
  let relayed = '';
  const request: RunRequest = { root, runId, job: 'work', slotMs: 0, attempt: 1, words, env: { COLOUR: 'green' }, timeoutMs: 20_000, killAfterMs: 200, relay: 'none', ...more };
  const code = await superviseRun(request, { env: process.env, nowMs: () => Date.now(), relay: (text) => (relayed += text), onStop: (stop) => stopAfterMs !== undefined && setTimeout(stop, stopAfterMs) });
  const record = await readRunOfJob(root, runId);
  return { code, record, end: endOf(record, null, 0), relayed, root };
}

describe('superviseRun', () => {
  it.each([[0, 'done'], [1, 'failed'], [2, 'refused'], [3, 'partial'], [75, 'temporary']] as const)('exit code %i means %s', async (exit, result) => {
    const { code, end } = await run(`exit ${exit}`);
    expect([code, end.result, end.exitCode]).toEqual([exit, result, exit]);
  });

  it('passes variables on, keeps what was printed, and repeats it where asked', async () => {
    const { record, relayed, root } = await run('echo $COLOUR $FORECASTLAB_RUN_ID; echo oh >&2', { relay: 'json' });
    expect(record?.facts.output_tail).toBe(`green ${record?.run_id}\noh`);
    expect(readFileSync(join(root, record?.facts.output ?? ''), 'utf8')).toBe(`green ${record?.run_id}\noh\n`);
    expect(relayed.trim().split('\n').map((line) => (JSON.parse(line) as { line: string }).line)).toEqual([`green ${record?.run_id}`, 'oh']);
  });

  it('says why a program cannot be started', async () => {
    const { code, record, end } = await run(['/nowhere/program']);
    expect([code, end.result]).toEqual([127, 'failed']);
    expect(record?.facts.error).toContain('ENOENT');
  });

  it('ends what takes too long, by force where need be', async () => {
    const { record, end } = await run('trap "" TERM; while :; do sleep 0.1; done', { timeoutMs: 200 });
    expect(end).toMatchObject({ result: 'timed-out', signal: 'SIGKILL' });
    expect(record?.facts.is_timed_out).toBe(true);
  });

  it('asked to stop, it asks the command; one that is done in time has done its work', async () => {
    expect((await run('sleep 20', {}, 200)).end).toMatchObject({ result: 'stopped', signal: 'SIGTERM' });
    expect((await run('trap "exit 0" TERM; while :; do sleep 0.05; done', { killAfterMs: 5000 }, 300)).end).toMatchObject({ result: 'done' });
  });

  it('a command that is killed from outside has failed', async () => {
    expect((await run('kill -KILL $$')).end).toMatchObject({ result: 'failed', signal: 'SIGKILL', exitCode: 137 });
  });

  it('a record that is missing or unfinished means that the attempt is lost, unless its exit code is known', () => {
    expect(endOf(undefined, null, 7)).toEqual({ finishedMs: 7, exitCode: null, signal: null, result: 'lost' });
    expect(endOf(undefined, 0, 7).result).toBe('done');
  });
});

describe('openBoundedOutput', () => {
  it('bounds the file and keeps the end', () => {
    const file = join(folder(), 'a/b.txt');
    const output = openBoundedOutput(file, { maxBytes: 100 });
    for (let i = 0; i < 2000; i += 1) output.write(Buffer.from(`line ${i}\n`));
    output.close();
    expect(readFileSync(file).length).toBeLessThan(200);
    expect(readFileSync(file, 'utf8')).toContain('more was printed');
    expect(output.tail()).toMatch(/^line \d+\n[^]*line 1999$/);
    expect(output.tail().length).toBeLessThanOrEqual(8192);
  });

  it('never fails, wherever it is to write', () => {
    const output = openBoundedOutput('/dev/null/x/y.txt');
    output.write(Buffer.from('words\n'));
    expect(output.tail()).toBe('words');
  });
});

describe('pruneRuns', () => {
  it('keeps the newest', async () => {
    const { root, record } = await run('exit 0', { runId: '20260101T000000000Z-aaaaaa' });
    const newer = { root, job: 'work', slotMs: 0, attempt: 1, words: ['true'], env: {}, timeoutMs: 5000, killAfterMs: 100, relay: 'none', runId: '20260102T000000000Z-aaaaaa' } as const;
    await superviseRun(newer, { env: process.env, nowMs: () => Date.now(), relay: () => undefined, onStop: () => undefined });
    await pruneRuns(root, { records: 1, outputs: 1 });
    expect(existsSync(join(root, 'outputs/runs/schedule', `${record?.run_id}.json`))).toBe(false);
    expect(existsSync(join(root, 'outputs/runs/schedule', `${newer.runId}.json`))).toBe(true);
  });
});
