// forecastlab-train search as a user calls it: the built command, its threads, what happens when it is killed, and its exit codes.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatKlinesCsv, generateSampleMarket } from '@forecastlab/core';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { commandFile, filesUnder, runCommand, temporaryFolder } from './support/commands.js';

let market = '';
const SEARCH = ['search', '--T', '5,7', '--X', '0.04,0.06', '--features', 'baseline', '--model', 'gbdt', '--params', '{"numIterations":20}', '--init-train', '300', '--oos-window', '40', '--step', '20', '--run', 'r'];
const search = (root: string, ...more: string[]) => runCommand('train', [...SEARCH, '--data', market, ...more], root);
const results = (root: string): Record<string, string> => filesUnder(join(root, 'outputs', 'backtest'));

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'forecastlab-search-market-'));
  market = join(folder, 'sample_SAMPLEUSDT_1d.csv');
  writeFileSync(market, formatKlinesCsv(generateSampleMarket({ seed: 42, startMs: Date.UTC(2018, 0, 1), endMs: Date.UTC(2020, 0, 1) })));
  return () => rmSync(folder, { recursive: true, force: true });
});

describe('forecastlab-train search', () => {
  it('gives the same bytes with one thread and with three, and says what came of it', async () => {
    const [one, three] = [temporaryFolder(), temporaryFolder()];
    const { code, stdout, stderr } = await search(one, '--threads', '1');
    expect({ code, stdout: stdout.includes('T7_X6') && stdout.includes(join(one, 'outputs/backtest/r/report.html')) && /[Mm]easurable skill/.test(stdout), stderr }).toMatchObject({ code: 0, stdout: true, stderr: expect.stringContaining('fits') });
    expect((await search(three, '--threads', '3')).code).toBe(0);
    expect(results(three)).toEqual(results(one));
    const again = await search(one, '--json', '--quiet');
    expect([again.code, again.stderr, JSON.parse(again.stdout).status]).toEqual([0, '', 'unchanged']);
    const best = await runCommand('train', ['search', '--data', market, '--top-k', '1', '--from', 'r', '--model', 'prior', '--init-train', '300', '--run', 's'], one);
    expect(best.code).toBe(0);
    expect((await runCommand('train', ['runs', 'list'], one)).stdout).toMatch(/r +done[^\n]*\n *s +done/);
    expect((await runCommand('train', ['runs', 'show', 's'], one)).stdout).toContain('model prior');
    expect(await runCommand('train', ['runs', 'compare', 'r', 's'], one)).toMatchObject({ code: 0, stdout: expect.stringContaining('s against r') });
    expect(await runCommand('train', ['runs', 'compare', 'r', 'gone'], one)).toMatchObject({ code: 2 });
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('ended by %s it goes on with --resume and ends with the same bytes', async (signal) => {
    const [undisturbed, root] = [temporaryFolder(), temporaryFolder()];
    expect((await search(undisturbed)).code).toBe(0);
    const expected = results(undisturbed);
    const work = join(root, 'outputs/backtest/r/work.jsonl');
    for (const units of [1, 12]) {
      await killOnce(root, () => existsSync(work) && readFileSync(work, 'utf8').split('\n').length > units, signal, units > 1);
      expect(existsSync(join(root, 'outputs/backtest/r/report.json'))).toBe(false);
    }
    const { code, stderr } = await search(root, '--resume');
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('fits were done before') });
    expect(results(root)).toEqual(expected);
  });

  it('names the candidates that cannot be evaluated, and ends with 3', async () => {
    const root = temporaryFolder();
    const { code, stdout } = await runCommand('train', [...SEARCH.slice(0, 2), '5,500', ...SEARCH.slice(3), '--data', market], root);
    expect({ code, stdout }).toMatchObject({ code: 3, stdout: expect.stringMatching(/2 candidates failed:[^]*T500_X4: [^]*labelled rows make no fold/) });
  });

  it('two at once: the second leaves with 75, the first is not disturbed', async () => {
    const root = temporaryFolder();
    const first = search(root);
    await waitFor(() => existsSync(join(root, 'outputs/backtest/r/meta.json')));
    expect(await search(root)).toMatchObject({ code: 75, stderr: expect.stringContaining('Another process is working on') });
    expect((await first).code).toBe(0);
  });

  it.each([
    [['--T', '0'], '`T` option'],
    [['--T', 'x'], 'whole numbers of bars.*Got "?x'],
    [['--X', '8'], '0.08 is 8 percent'],
    [['--run', 'nul.txt'], '`run` option'],
    [['--X', 'many'], '`X` option'],
    [['--top-k', '3'], '--from'],
    [['--candidates', 'T5_X4', '--T', '5'], 'Give one of them'],
    [['--refit-every', '10', '--step', '10'], 'refitEvery'],
    [['--resume'], '--run NAME --resume'],
    [['--run', '../x'], '`run` option'],
    [['--params', '{"numLeafs":3}', '--init-train', '300'], 'numLeafs'],
    [['--model', 'lightgbm'], 'gbdt'],
    [['--candidates', 'T7_X6,T7_X6'], 'twice'],
  ])('%j is refused with 2 and says why', async (flags, reason) => {
    const root = temporaryFolder();
    const { code, stderr } = await runCommand('train', ['search', '--data', market, ...flags], root);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(new RegExp(reason)) });
    expect(existsSync(join(root, 'outputs/backtest'))).toBe(false);
  });
});

/** Starts the search, ends it as soon as `isTime` says so, and lets the lock of a killed process grow old. */
async function killOnce(root: string, isTime: () => boolean, signal: 'SIGTERM' | 'SIGKILL', isResumed: boolean): Promise<void> {
  const child = spawn(process.execPath, [commandFile('train'), ...SEARCH, '--data', market, '--threads', '2', '--root', root, ...(isResumed ? ['--resume'] : [])], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  await waitFor(isTime);
  child.kill(signal);
  expect(await ended).toBe(signal === 'SIGTERM' ? 143 : null);
  const lock = join(root, 'outputs/backtest/r.lock');
  expect(existsSync(lock)).toBe(signal === 'SIGKILL');
  if (signal === 'SIGKILL') utimesSync(lock, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));
}

async function waitFor(isTrue: () => boolean): Promise<void> {
  for (let waitedMs = 0; waitedMs < 30_000; waitedMs += 5) {
    if (isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('waited for 30 s in vain');
}
