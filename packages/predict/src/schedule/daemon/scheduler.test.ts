// The scheduler over a state that cannot be written, and over attempts that others started.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ScheduledJob } from '../jobs/scheduled-job.js';
import { type JobState, newJobState } from '../plan/job-state.js';
import type { Notice } from '../plan/notice.js';
import { identifyProcess, isAlive } from '../process/process-identity.js';
import { createScheduler, type Scheduler } from './scheduler.js';

const SLOT = Date.UTC(2026, 2, 2, 0, 5);
const job: ScheduledJob = { name: 'work', cron: '5 0 * * *', timeZone: 'UTC', zone: [[0, 0]], command: 'true', words: ['true'], timeoutMs: 60_000, retries: 3, retryDelaysMs: [1000], graceMs: 3_600_000, env: {} };

function scheduler(loaded: JobState, jobs: readonly ScheduledJob[] = [job]): { readonly root: string; readonly one: Scheduler; readonly notices: string[]; readonly changed: Promise<void>; /** Lets the clock that nobody sets go on. */ passTime(ms: number): void } {
  const root = mkdtempSync(join(tmpdir(), 'forecastlab-scheduler-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  const notices: string[] = [];
  let change = (): void => undefined;
  const changed = new Promise<void>((resolve) => (change = resolve));
  const plan = { root, store: root, configFile: '', version: '1', jobs, isDefault: false, tickMs: 100, stopWithinMs: 0, terminal: 'none' } as const;
  const notify = ({ event }: Notice, name?: string): void => void notices.push(name === undefined ? event : `${name}: ${event}`);
  let steadyMs = 0;
  const one = createScheduler(plan, new Map([['work', loaded]]), { nowMs: () => SLOT + 1000, steadyMs: () => steadyMs, random: () => 0.5, notify }, { onChange: () => change() });
  return { root, notices, changed, one, passTime: (ms) => void (steadyMs += ms) };
}

describe('createScheduler', () => {
  it('starts nothing before that can be written down, and then does', async () => {
    const { root, one, notices, changed } = scheduler(newJobState('5 0 * * * UTC', SLOT - 1000));
    mkdirSync(join(root, 'outputs'));
    writeFileSync(join(root, 'outputs/scheduler'), 'in the way');
    await one.tick();
    await one.tick();
    expect(notices).toEqual(['state-unwritable']);
    expect(one.running()).toEqual([]);
    expect(one.idleMs()).toBe(2000);
    renameSync(join(root, 'outputs/scheduler'), join(root, 'outputs/away'));
    await one.tick();
    expect(one.running()).toEqual(['work']);
    await changed;
    await one.tick();
    expect(notices).toEqual(['state-unwritable', 'state-written', 'work: started', 'work: done']);
    expect(one.states.get('work')).toMatchObject({ running: null, pending: null, settledMs: SLOT });
  });

  it('forgets a job that is configured no more, and its alerts are over', async () => {
    const { one, notices } = scheduler({ ...newJobState('5 0 * * * UTC', SLOT), told: ['job-failed'] }, []);
    await one.tick();
    expect([one.states.has('work'), notices]).toEqual([false, ['work: job-removed']]);
  });

  it.each([
    ['by its process', true, [job]],
    ['by its variable, where the process is not written down', false, [job]],
    ['of a job that is configured no more', true, []],
  ] as const)('waits for an attempt that another scheduler started, known %s, and ends it past its limit', async (_case, isKnown, jobs) => {
    const runId = `run-${Math.random().toString(36).slice(2)}`;
    const child = spawn('sleep', ['60'], { env: { PATH: process.env.PATH, FORECASTLAB_RUN_ID: runId }, stdio: 'ignore' });
    onTestFinished(() => void child.kill('SIGKILL'));
    const identity = identifyProcess(child.pid ?? 0);
    if (identity === undefined) throw new Error('no process');
    const pending = { slotMs: SLOT, attempts: 1, failures: 0, temporary: 0, notBeforeMs: 0, delayMs: 0 };
    const made = scheduler({ ...newJobState('5 0 * * * UTC', SLOT), pending, running: { runId, slotMs: SLOT, startedMs: SLOT, process: isKnown ? identity : null } }, jobs);
    await made.one.tick();
    expect([made.one.running(), made.notices]).toEqual([['work'], []]);
    expect(made.one.idleMs()).toBeLessThanOrEqual(1000);
    made.passTime(200_000);
    await made.one.tick();
    expect(isAlive(identity)).toBe(false);
    expect(made.notices.slice(0, 2)).toEqual(['work: limit-passed', 'work: attempt-failed']);
    if (jobs.length === 0) expect(made.one.states.has('work')).toBe(false);
    else expect(made.one.states.get('work')).toMatchObject({ running: null, last: { result: 'lost' } });
  });
});
