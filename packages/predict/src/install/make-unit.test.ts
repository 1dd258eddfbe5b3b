// Units hold what they should, whatever the paths look like; and the programs that read them take them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'plist';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type InstallRequest, makeUnit } from './make-unit.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forecastlab-install-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ODD = `a 50% "r" 'q' $HOME & <x> ü\\n`;

function request(manager: InstallRequest['manager'], more: Partial<InstallRequest> = {}): InstallRequest {
  const root = join(folder, ODD);
  mkdirSync(root, { recursive: true });
  return { manager, what: 'predict', isSystem: false, source: 'auto', root, store: undefined, program: { node: process.execPath, cli: join(folder, 'cli.js'), path: '/usr/bin:/bin', notes: [] }, home: folder, user: 'maria', env: {}, ...more };
}

const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;

describe('systemd', () => {
  it.each(['predict', 'scheduler'] as const)('units for the %s hold the words, with what systemd would change doubled', (what) => {
    const { unit } = makeUnit(request('systemd', { what }));
    expect(unit.files.map(({ path }) => path)).toEqual(what === 'predict' ? [join(folder, '.config/systemd/user/forecastlab-predict.service'), join(folder, '.config/systemd/user/forecastlab-predict.timer')] : [join(folder, '.config/systemd/user/forecastlab-schedule.service')]);
    expect(unit.files[0].content).toContain(`--root "${folder}/a 50%% \\"r\\" 'q' $$HOME & <x> ü\\\\n"`);
    if (what === 'predict') expect(unit.files[1].content).toMatch(/^OnCalendar=\*-\*-\* 00:05:00 UTC\nPersistent=true$/m);
  });

  it.skipIf(!has('systemd-analyze')).each([['predict', false], ['predict', true], ['scheduler', false], ['scheduler', true]] as const)('takes the unit for the %s (of the machine: %s)', (what, isSystem) => {
    const { unit } = makeUnit(request('systemd', { what, isSystem, user: 'root' }));
    writeFileSync(join(folder, 'cli.js'), '');
    const paths = unit.files.map(({ path, content }) => {
      const file = join(folder, path.split('/').at(-1) ?? '');
      writeFileSync(file, content);
      return file;
    });
    const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', '--recursive-errors=no', '--man=no', ...paths], { encoding: 'utf8' });
    expect(`${stdout}${stderr}`).toBe('');
    expect(status).toBe(0);
  });
});

describe('launchd', () => {
  it('has a property list that says what it should', () => {
    const { unit } = makeUnit(request('launchd'));
    expect(unit.files[0].path).toBe(join(folder, 'Library/LaunchAgents/forecastlab-predict.plist'));
    expect(parse(unit.files[0].content)).toEqual({
      Label: 'forecastlab-predict',
      ProgramArguments: [process.execPath, join(folder, 'cli.js'), 'run', '--source', 'auto', '--root', join(folder, ODD), '--quiet'],
      EnvironmentVariables: { PATH: '/usr/bin:/bin' },
      RunAtLoad: true,
      StartCalendarInterval: { Minute: 5 },
      StandardOutPath: '/dev/null',
      StandardErrorPath: join(folder, ODD, 'outputs/logs/forecastlab-predict.stderr.log'),
    });
    expect(parse(makeUnit(request('launchd', { what: 'scheduler' })).unit.files[0].content)).toMatchObject({ KeepAlive: true });
  });

  it.skipIf(!has('plutil'))('is taken by plutil', () => {
    expect(spawnSync('plutil', ['-lint', '-'], { input: makeUnit(request('launchd')).unit.files[0].content }).status).toBe(0);
  });
});

describe('cron', () => {
  it('runs the command that was meant, once cron has undone its escapes', () => {
    writeFileSync(join(folder, 'cli.js'), `console.error(JSON.stringify(process.argv.slice(2)))`);
    const { unit } = makeUnit(request('cron'));
    const line = unit.crontab?.split('\n').find((text) => text.startsWith('5 ')) ?? '';
    expect(line.startsWith('5 * * * * PATH=')).toBe(true);
    const command = line.slice('5 * * * * '.length);
    // crontab(5): what follows a % that has no backslash is not part of the command
    expect(command.replaceAll('\\%', '')).not.toContain('%');
    const { stderr } = spawnSync('/bin/sh', ['-c', command.replaceAll('\\%', '%')], { encoding: 'utf8' });
    expect(JSON.parse(stderr)).toEqual(['run', '--source', 'auto', '--root', join(folder, ODD), '--quiet']);
  });

  it.skipIf(!has('crontab'))('takes the lines', () => {
    const file = join(folder, 'table');
    writeFileSync(file, ['predict', 'scheduler'].map((what) => makeUnit(request('cron', { what: what as 'predict' })).unit.crontab).join(''));
    // Debian's crontab checks with -n, cronie's with -T.
    const flag = /\[-n\]|-n\s.*dry/.test(spawnSync('crontab', ['-h'], { encoding: 'utf8' }).stderr) ? '-n' : '-T';
    const { status, stderr } = spawnSync('crontab', [flag, file], { encoding: 'utf8' });
    expect([status, /bad|error/i.test(stderr)]).toEqual([0, false]);
  });

  it('refuses what a line cannot hold', () => {
    expect(() => makeUnit(request('cron', { root: `/${'x'.repeat(1000)}` }))).toThrow(/shorter than 990/);
  });
});

it('refuses line ends in paths, and names that are none', () => {
  for (const manager of ['systemd', 'launchd', 'cron'] as const) expect(() => makeUnit(request(manager, { root: '/a\nExecStart=/bin/evil' }))).toThrow(/no line end/);
  expect(() => makeUnit(request('systemd', { name: '../x' }))).toThrow(/`unit`/);
  expect(() => makeUnit(request('cron', { isSystem: true }))).toThrow(/`system`/);
});
