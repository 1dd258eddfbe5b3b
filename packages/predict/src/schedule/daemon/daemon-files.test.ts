// The files of a scheduler: whose place it is, what is rebuilt from records, the log, the watch over clock and configuration.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ScheduledJob } from '../jobs/scheduled-job.js';
import { identifyProcess, isAlive } from '../process/process-identity.js';
import { schedulePaths } from '../schedule-paths.js';
import { watchClock } from './clock-watch.js';
import { watchConfig } from './config-watch.js';
import { openEventLog } from './event-log.js';
import { claimScheduler, findScheduler, holderBeside, releaseScheduler, writePidFile } from './pid-file.js';
import { loadState } from './state-file.js';

function folder(): string {
  const root = mkdtempSync(join(tmpdir(), 'forecastlab-daemon-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

function put(file: string, content: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
}

describe('pid file', () => {
  it('belongs to a process that lives, not to its number', async () => {
    const root = folder();
    const own = await claimScheduler(root, { nowMs: 1, version: '1' });
    expect(findScheduler(root)).toEqual({ pid: process.pid, ...own });
    const parent = identifyProcess(process.ppid);
    if (parent === undefined) throw new Error('no parent');
    await writePidFile(root, { ...own, process: parent });
    await expect(claimScheduler(root, { nowMs: 1, version: '1' })).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining(`process ${parent.pid}`) as string });
    await writePidFile(root, { ...own, process: { ...parent, started: 'long ago' } });
    expect(findScheduler(root)).toBeUndefined();
    await claimScheduler(root, { nowMs: 1, version: '1' });
    await releaseScheduler(root, own);
    expect(readdirSync(join(root, 'outputs/scheduler'))).toEqual([]);
  });

  it('in another container it lives as long as its heart beats, though the number is the same', async () => {
    const root = folder();
    const own = await claimScheduler(root, { nowMs: 1, version: '1' });
    await writePidFile(root, { ...own, process: { ...own.process, started: 'elsewhere', place: 'other/pid:[1]' } });
    await expect(claimScheduler(root, { nowMs: 1, version: '1' })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(holderBeside(root, own)).toMatchObject({ process: { place: 'other/pid:[1]' } });
    utimesSync(schedulePaths(root).pidFile, 1, 1);
    await claimScheduler(root, { nowMs: 1, version: '1' });
    expect(holderBeside(root, own)).toBe('own');
  });

  it('a process that is gone is not alive, and neither is a number that none has', () => {
    const { pid } = spawnSync('true');
    expect(identifyProcess(pid)).toBeUndefined();
    expect(isAlive({ pid: process.pid, started: 'another' })).toBe(false);
  });
});

describe('loadState', () => {
  const job: ScheduledJob = { name: 'work', cron: '5 0 * * *', timeZone: 'UTC', zone: [[0, 0]], command: 'x', words: ['x'], timeoutMs: 1000, retries: 3, retryDelaysMs: [1000], graceMs: 3_600_000, env: {} };
  const nowMs = Date.UTC(2026, 2, 2, 1);
  const slot = '2026-03-02T00:05:00.000Z';
  const record = (runId: string, end: object): object => ({ schema: 'forecastlab.run/1', job: 'schedule', run_id: runId, started_at: slot, finished_at: slot, duration_ms: 0, exit_code: 0, facts: { job: 'work', slot, attempt: 2, error: null, signal: null, is_timed_out: false, is_stopped: false }, ...end });

  it('is empty at the first start', async () => {
    expect(await loadState(folder(), [job], nowMs)).toEqual({ jobs: new Map(), damage: null });
  });

  it('owes the grace time of a job of which nothing is known any more', async () => {
    const root = folder();
    put(schedulePaths(root).stateFile, 'not JSON');
    const { jobs, damage } = await loadState(root, [job], nowMs);
    expect(jobs.get('work')).toMatchObject({ settledMs: nowMs - job.graceMs, pending: null });
    expect(damage?.kept).toMatch(/^state\.json\.damaged-20260302T010000000Z$/);
    expect(readFileSync(join(root, 'outputs/scheduler', damage?.kept ?? ''), 'utf8')).toBe('not JSON');
  });

  it('takes the newest record: done is done, anything else is looked into as if it ran', async () => {
    const root = folder();
    put(join(schedulePaths(root).runs, 'a.json'), record('a', {}));
    put(join(schedulePaths(root).runs, 'c.json'), 'damaged');
    expect((await loadState(root, [job], nowMs)).jobs.get('work')).toMatchObject({ settledMs: Date.parse(slot), pending: null, running: null, last: { runId: 'a', result: 'done' } });
    put(join(schedulePaths(root).runs, 'b.json'), record('b', { finished_at: null, exit_code: null }));
    expect((await loadState(root, [job], nowMs)).jobs.get('work')).toMatchObject({ pending: { attempts: 2, failures: 1 }, running: { runId: 'b', process: null } });
  });
});

describe('openEventLog', () => {
  it('writes JSON lines, readable ones on the terminal, and stays small', () => {
    const file = join(folder(), 'outputs/logs/schedule.jsonl');
    const lines: string[] = [];
    const log = openEventLog(file, { nowMs: () => 0, isJson: false, terminal: (line) => lines.push(line), maxBytes: 1000 });
    for (let i = 0; i < 100; i += 1) log.write({ level: i % 2 === 0 ? 'info' : 'warn', event: 'x', text: `event ${i}`, facts: { i } }, 'work');
    expect(lines.slice(0, 2)).toEqual(['1970-01-01T00:00:00Z work: event 0\n', '1970-01-01T00:00:00Z warning: work: event 1\n']);
    expect(readdirSync(dirname(file)).sort()).toEqual(['schedule.jsonl', 'schedule.jsonl.1', 'schedule.jsonl.2', 'schedule.jsonl.3']);
    expect(JSON.parse(readFileSync(file, 'utf8').trim().split('\n').at(-1) ?? '')).toEqual({ time: '1970-01-01T00:00:00.000Z', level: 'warn', event: 'x', job: 'work', text: 'event 99', i: 99 });
    for (const name of readdirSync(dirname(file))) expect(readFileSync(join(dirname(file), name)).length).toBeLessThan(1200);
  });
});

describe('watches', () => {
  it('tell a clock that jumps from one that goes', () => {
    let [wall, steady] = [0, 0];
    const clock = watchClock({ nowMs: () => wall, steadyMs: () => steady });
    const go = (wallMs: number, steadyMs: number): string | undefined => {
      [wall, steady] = [wall + wallMs, steady + steadyMs];
      return clock.look()?.text;
    };
    expect(go(30_000, 30_000)).toBeUndefined();
    expect(go(8 * 3_600_000, 30_000)).toContain('forward by 8 h');
    expect(go(-3_600_000, 90_000)).toContain('set back by 62 min');
    expect(go(-3_600_000, 30_000)).toBeUndefined();
  });

  it('see a changed configuration once', () => {
    const file = join(folder(), 'forecastlab.config.json');
    const config = watchConfig(file);
    expect(config.hasChanged()).toBe(false);
    put(file, '{}');
    expect([config.hasChanged(), config.hasChanged()]).toEqual([true, false]);
  });
});
