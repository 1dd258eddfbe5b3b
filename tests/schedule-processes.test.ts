// The scheduler as real processes: in the background, killed in the middle of a job, told to stop, with jobs that will not end.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFolderStore, readRuns } from '../packages/core/src/node/index.js';
import { jobCommand, scheduledRoot, type ScheduledRoot } from './support/scheduled-root.js';

const daily = { cron: '5 0 * * *', timeoutMinutes: 1, retryMinutes: 0.01 };
/** When the schedulers start, and the slot that their clock is then set to. */
const BEFORE = '2026-03-01T12:00:00Z';
const SLOT = '2026-03-02T00:05:00Z';

const kill = (pid: number | undefined): void => {
  if (pid === undefined) throw new Error('no process');
  process.kill(pid, 'SIGKILL');
};
const isSettled = (scheduled: ScheduledRoot, result = 'done') => (): boolean => scheduled.job('work')?.running === null && scheduled.job('work')?.last?.result === result;
const events = (scheduled: ScheduledRoot): string[] => readFileSync(join(scheduled.root, 'outputs/logs/schedule.jsonl'), 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { event: string }).event);

// Processes are found by their variables in /proc.
describe.skipIf(process.platform !== 'linux')('schedule', { concurrent: false }, () => {
  it('starts once, runs what is due, says how things are, and stops', async () => {
    const scheduled = scheduledRoot({ work: { ...daily, command: jobCommand('echo words; echo more >&2;', 0.2) } }, BEFORE);
    expect(await scheduled.schedule('status')).toMatchObject({ code: 1, stdout: expect.stringContaining('No scheduler runs') as string });
    const started = await scheduled.schedule('start');
    scheduled.setClock(SLOT);
    expect(started).toMatchObject({ code: 0, stderr: '' });
    expect(started.stdout).toContain(`process ${scheduled.pid()}`);
    expect(await scheduled.schedule('start')).toMatchObject({ code: 1, stderr: expect.stringContaining('runs already') as string });
    await scheduled.until('the job is done', isSettled(scheduled));
    const status = await scheduled.schedule('status', '--json');
    expect(status.code).toBe(0);
    expect(JSON.parse(status.stdout)).toMatchObject({ running: true, pid: scheduled.pid(), jobs: [{ name: 'work', next_run: '2026-03-03T00:05:00.000Z', last_result: 'done', last_slot: '2026-03-02T00:05:00.000Z', missed: 0 }] });
    expect((JSON.parse(status.stdout) as { memory_bytes: number }).memory_bytes).toBeLessThan(60e6);
    const [record] = await readRuns(openFolderStore(scheduled.root), { job: 'schedule' });
    expect(record).toMatchObject({ exit_code: 0, facts: { job: 'work', attempt: 1, output_tail: 'words\nmore' } });
    expect(readFileSync(join(scheduled.root, String(record.facts.output)), 'utf8')).toBe('words\nmore\n');
    expect(await scheduled.schedule('stop')).toMatchObject({ code: 0, stdout: expect.stringContaining('ended by itself') as string });
    expect(await scheduled.schedule('stop')).toMatchObject({ code: 0, stdout: expect.stringContaining('No scheduler runs') as string });
    expect(scheduled.said()).toEqual(['begin', 'end']);
    expect(scheduled.processes()).toEqual([]);
  });

  it('killed in the middle of a job and started again: the job goes on, and is not run twice', async () => {
    const scheduled = scheduledRoot({ work: { ...daily, command: jobCommand('', 2) } }, BEFORE);
    const first = await scheduled.up();
    scheduled.setClock(SLOT);
    await scheduled.until('the job runs', () => scheduled.said().includes('begin'));
    await first.kill();
    const second = await scheduled.up();
    expect(scheduled.job('work')?.last).toBeNull();
    await scheduled.until('the job is done', isSettled(scheduled));
    expect(scheduled.said()).toEqual(['begin', 'end']);
    expect(scheduled.job('work')).toMatchObject({ pending: null, settledMs: Date.parse(SLOT) });
    await second.down();
    expect(scheduled.processes()).toEqual([]);
  });

  it('killed, and the job over when it comes back: how it ended is found', async () => {
    const scheduled = scheduledRoot({ work: { ...daily, command: jobCommand('', 0.3) } }, BEFORE);
    const first = await scheduled.up();
    scheduled.setClock(SLOT);
    await scheduled.until('the job runs', () => scheduled.said().includes('begin'));
    await first.kill();
    await scheduled.until('all is over', () => scheduled.processes().length === 0);
    expect(scheduled.job('work')?.last).toBeNull();
    const second = await scheduled.up();
    await scheduled.until('it is settled', isSettled(scheduled));
    expect(scheduled.said()).toEqual(['begin', 'end']);
    await second.down();
  });

  it('killed with the process that watches the job: what is left is ended, then the job runs again', async () => {
    const scheduled = scheduledRoot({ work: { ...daily, command: jobCommand('(setsid sleep 300 &) ; [ -e again ] || { touch again; sleep 300; } ; rm -rf busy; mkdir busy;', 0.1) } }, BEFORE);
    const first = await scheduled.up();
    scheduled.setClock(SLOT);
    await scheduled.until('the job runs', () => scheduled.said().includes('begin') && scheduled.job('work')?.running?.process != null);
    await first.kill();
    kill(scheduled.job('work')?.running?.process?.pid);
    expect(scheduled.processes().length).toBeGreaterThan(1);
    const second = await scheduled.up();
    await scheduled.until('the second attempt is done', isSettled(scheduled));
    expect(scheduled.said()).toEqual(['begin', 'overlap', 'begin', 'end']);
    expect(events(scheduled).filter((event) => event === 'attempt-failed')).toHaveLength(1);
    await second.down();
    expect(scheduled.processes()).toEqual([]);
  });

  it('ends a job at its limit with all that it started', async () => {
    const scheduled = scheduledRoot({ work: { ...daily, timeoutMinutes: 0.01, retries: 0, command: ['sh', '-c', 'echo begin >> said; (setsid sleep 300 &) ; sleep 300 & sleep 300'] } }, BEFORE);
    const one = await scheduled.up();
    scheduled.setClock(SLOT);
    await scheduled.until('it is ended', isSettled(scheduled, 'timed-out'));
    // The process that tells the alert is soon gone too.
    await scheduled.until('nothing else is left', () => scheduled.processes().join() === String(scheduled.pid()));
    expect(scheduled.job('work')?.pending).toBeNull();
    expect(events(scheduled)).toContain('given-up');
    await one.down();
  });

  it('told to stop, it lets a running job end; hurried, it ends the job and makes up for it at the next start', async () => {
    const scheduled = scheduledRoot({ work: { ...daily, command: jobCommand('[ ! -e again ] || sleep 300;', 0.7) } }, BEFORE);
    const first = await scheduled.up();
    scheduled.setClock(SLOT);
    await scheduled.until('the job runs', () => scheduled.said().includes('begin'));
    await first.down();
    expect(scheduled.said()).toEqual(['begin', 'end']);
    expect(scheduled.job('work')).toMatchObject({ running: null, pending: null, last: { result: 'done' } });
    writeFileSync(join(scheduled.root, 'again'), '');
    scheduled.setClock('2026-03-03T08:00:00Z');
    await scheduled.up();
    await scheduled.until('the catch-up runs', () => scheduled.said().length === 3);
    expect(await scheduled.schedule('stop', '--timeout', '0.2')).toMatchObject({ code: 0, stdout: expect.stringContaining('asked to end') as string });
    expect(scheduled.job('work')).toMatchObject({ running: null, pending: { attempts: 1 }, last: { result: 'stopped' } });
    expect(scheduled.processes()).toEqual([]);
    writeFileSync(join(scheduled.root, 'forecastlab.config.json'), JSON.stringify({ jobs: { work: { ...daily, command: jobCommand('', 0.1) } } }));
    const third = await scheduled.up();
    await scheduled.until('it is made up for', isSettled(scheduled));
    expect(scheduled.job('work')?.last?.slotMs).toBe(Date.parse('2026-03-03T00:05:00Z'));
    await third.down();
  });

  it('a damaged state is put aside and told anew from the records: nothing runs again', async () => {
    const scheduled = scheduledRoot({ work: { ...daily, command: jobCommand('', 0.1) } }, BEFORE);
    const first = await scheduled.up();
    scheduled.setClock(SLOT);
    await scheduled.until('the job is done', isSettled(scheduled));
    await first.down();
    writeFileSync(join(scheduled.root, 'outputs/scheduler/state.json'), '{"schema": "forecastlab.scheduler-st');
    const second = await scheduled.up();
    expect(scheduled.job('work')).toMatchObject({ settledMs: Date.parse(SLOT), pending: null, last: { result: 'done' } });
    expect(scheduled.said()).toEqual(['begin', 'end']);
    expect(readdirSync(join(scheduled.root, 'outputs/scheduler')).filter((name) => name.includes('damaged'))).toHaveLength(1);
    expect(events(scheduled)).toContain('state-damaged');
    await second.down();
  });

  it('in the foreground: clock leaps, JSON lines, a changed configuration, TERM', async () => {
    const scheduled = scheduledRoot({ work: { ...daily, command: jobCommand('echo words;', 0.1) } }, '2026-03-01T12:00:00Z');
    const child = scheduled.runForeground('--json');
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const code = new Promise((resolve) => child.on('exit', resolve));
    await scheduled.until('it is up', () => scheduled.job('work') !== undefined);
    scheduled.setClock('2027-03-02T08:00:00Z');
    await scheduled.until('the catch-up is done', isSettled(scheduled));
    expect(scheduled.job('work')).toMatchObject({ settledMs: Date.parse('2027-03-02T00:05:00Z'), missed: { count: 365 } });
    scheduled.setClock('2027-03-02T07:00:00Z');
    writeFileSync(join(scheduled.root, 'forecastlab.config.json'), JSON.stringify({ jobs: { other: { ...daily, cron: '0 7 * * *', command: jobCommand('', 0.1) } } }));
    await scheduled.until('the new job is known', () => scheduled.job('other') !== undefined);
    writeFileSync(join(scheduled.root, 'forecastlab.config.json'), '{"jobs": {"other": {"crom": "* * * * *"}}}');
    await scheduled.until('the slip is told', () => stderr.includes('Did you mean'));
    child.kill('SIGTERM');
    expect(await code).toBe(0);
    expect(scheduled.said()).toEqual(['begin', 'end']);
    const lines = stderr.trim().split('\n').map((line) => JSON.parse(line) as { event: string; line?: string });
    expect(lines.find(({ event }) => event === 'output')?.line).toBe('words');
    expect(lines.map(({ event }) => event)).toEqual(expect.arrayContaining(['started', 'clock-moved', 'slots-missed', 'catch-up', 'done', 'jobs-changed', 'config-refused', 'ended']));
  });
});
