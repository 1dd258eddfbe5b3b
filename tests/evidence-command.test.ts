// forecastlab-train evidence as a user calls it: the built command, its threads, what happens when it is killed, and its exit codes.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatKlinesCsv } from '@forecastlab/core';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { commandFile, filesUnder, runCommand, temporaryFolder } from './support/commands.js';
import { regimeMarket } from './support/regime-market.js';

let folder = '';
let data = '';
const EVIDENCE = ['evidence', '--candidates', 'T5_X4,T5_V1', '--first-test', '2019-04-01', '--refit-every', '120', '--run', 'r'];
const evidence = (root: string, ...more: string[]) => runCommand('train', [...EVIDENCE, '--data', data, ...more], root);
const results = (root: string): Record<string, string> => filesUnder(join(root, 'outputs', 'evidence'));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'forecastlab-evidence-'));
  const files = [1, 2].map((seed) => {
    const file = join(folder, `M${seed}USDT_1d.csv`);
    writeFileSync(file, formatKlinesCsv(regimeMarket(seed)));
    return file;
  });
  writeFileSync(join(folder, 'BADUSDT_1d.csv'), 'nothing of use\n1\n');
  data = files.join(',');
  return () => rmSync(folder, { recursive: true, force: true });
});

describe('forecastlab-train evidence', () => {
  it('gives the same bytes with one thread and with two, and says what came of it', async () => {
    const [one, two] = [temporaryFolder(), temporaryFolder()];
    const { code, stdout, stderr } = await evidence(one, '--threads', '1', '--alone');
    expect({ code, stdout, stderr }).toMatchObject({ code: 0, stdout: expect.stringMatching(/T5_X4[^]*T5_V1[^]*M1USDT alone[^]*report\.html/), stderr: expect.stringContaining('fits') });
    expect((await evidence(two, '--threads', '2', '--alone')).code).toBe(0);
    expect(results(two)).toEqual(results(one));
    const again = await evidence(one, '--alone', '--json', '--quiet');
    expect([again.code, again.stderr, JSON.parse(again.stdout).status]).toEqual([0, '', 'unchanged']);
    // the pooled preset is a pool of members
    expect(readFileSync(join(one, 'outputs/evidence/r/T5_X4/predictions.csv'), 'utf8')).toMatch(/p_up,class_shares_p_down,.*volatility_recipe_p_up\n/);
  });

  it('killed it goes on with --resume and ends with the same bytes', async () => {
    const [undisturbed, root] = [temporaryFolder(), temporaryFolder()];
    expect((await evidence(undisturbed)).code).toBe(0);
    const work = join(root, 'outputs/evidence/r/work.jsonl');
    const child = spawn(process.execPath, [commandFile('train'), ...EVIDENCE, '--data', data, '--threads', '2', '--root', root], { stdio: 'ignore' });
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = new Promise((resolve) => child.on('close', resolve));
    for (let waitedMs = 0; waitedMs < 60_000 && !(existsSync(work) && readFileSync(work, 'utf8').includes('\n')); waitedMs += 5) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGKILL');
    await ended;
    const lock = join(root, 'outputs/evidence/r.lock');
    utimesSync(lock, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));
    const { code, stderr } = await evidence(root, '--resume');
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('fits were done before') });
    expect(results(root)).toEqual(results(undisturbed));
  });

  it('names the candidates that cannot be evaluated, and ends with 3', async () => {
    const { code, stdout } = await runCommand('train', ['evidence', '--data', data, '--candidates', 'T5_X4,T800_X4', '--first-test', '2019-04-01', '--refit-every', '300', '--model', 'prior', '--run', 'r'], temporaryFolder());
    expect({ code, stdout }).toMatchObject({ code: 3, stdout: expect.stringMatching(/1 candidate failed:[^]*T800_X4/) });
  });

  it.each([
    [[], 'which markets'],
    [['--data', 'BAD,M1USDT_1d.csv'], 'BADUSDT_1d.csv'],
    [['--symbols', 'M1USDT,M2USDT'], 'no stored klines of M1USDT'],
    [['--data', 'M1USDT_1d.csv,M1USDT_1d.csv'], 'M1USDT is named twice'],
    [['--data', 'M1USDT_1d.csv,M2USDT_1d.csv', '--symbols', 'A'], '`symbols` option'],
    [['--data', 'M1USDT_1d.csv', '--first-test', '2019-02-30'], '`firstTest` option'],
    [['--data', 'M1USDT_1d.csv', '--first-test', '2019-02-01', '--init-train', '9'], 'Give one of them'],
    [['--data', 'M1USDT_1d.csv', '--resume'], '--run NAME --resume'],
    [['--data', 'M1USDT_1d.csv', '--run', '../x'], '`run` option'],
    [['--data', 'M1USDT_1d.csv', '--model', 'logistic', '--params', '{"c":1}'], '`?c`?'],
    [['--data', 'M1USDT_1d.csv', '--candidates', 'T5_X4,T5_X4'], 'twice'],
  ])('%j is refused with 2 and says why', async (flags, reason) => {
    const root = temporaryFolder();
    const asked = flags.map((flag) => flag.replaceAll(/[A-Z0-9]+_1d\.csv/g, (file) => join(folder, file)).replace('BAD,', `${join(folder, 'BADUSDT_1d.csv')},`));
    const { code, stderr } = await runCommand('train', ['evidence', ...asked], root);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(new RegExp(reason)) });
    expect(existsSync(join(root, 'outputs/evidence'))).toBe(false);
  });
});
