// Programs that jobs name, found and told where to work.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readJobSettings } from './job-settings.js';
import { resolveJobs } from './resolve-jobs.js';

const folder = mkdtempSync(join(tmpdir(), 'forecastlab-resolve-'));
const places = { root: join(folder, 'root'), store: join(folder, 'root'), file: 'forecastlab.config.json', ownCommand: join(folder, 'lib/predict/dist/cli.js'), path: join(folder, 'bin'), node: '/usr/bin/node' };
const words = (command: string | readonly string[], more: Partial<typeof places> = {}): readonly string[] => resolveJobs(readJobSettings({ one: { cron: '@daily', command } }, { file: places.file }), { ...places, ...more })[0].words;

beforeAll(() => {
  for (const path of ['root/node_modules/.bin', 'root/node_modules/@forecastlab/train/dist', 'bin', 'lib/predict/dist']) mkdirSync(join(folder, path), { recursive: true });
  const train = join(folder, 'root/node_modules/@forecastlab/train/dist/cli.js');
  for (const file of [train, join(folder, 'bin/backup'), join(folder, 'root/here.sh')]) {
    writeFileSync(file, '');
    chmodSync(file, 0o755);
  }
  symlinkSync(train, join(folder, 'root/node_modules/.bin/forecastlab-train'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('resolveJobs', () => {
  it('starts our own programs by Node, at the root and store of the scheduler', () => {
    expect(words('forecastlab-predict run --source auto')).toEqual(['/usr/bin/node', places.ownCommand, 'run', '--source', 'auto', '--root', places.root]);
    expect(words('forecastlab-train retrain', { store: 'gs://bucket/x' })).toEqual(['/usr/bin/node', join(folder, 'root/node_modules/@forecastlab/train/dist/cli.js'), 'retrain', '--root', places.root, '--store', 'gs://bucket/x']);
  });

  it('leaves a root or store that the command names', () => {
    expect(words('forecastlab-predict run --root=/else', { store: 'gs://bucket/x' }).slice(2)).toEqual(['run', '--root=/else']);
    expect(words('forecastlab-predict run --store /else', { store: 'gs://bucket/x' }).slice(2)).toEqual(['run', '--store', '/else', '--root', places.root]);
  });

  it('finds others in PATH or from the root, and adds nothing to them', () => {
    expect(words('backup --all')).toEqual([join(folder, 'bin/backup'), '--all']);
    expect(words(['./here.sh', 'a b'])).toEqual([join(folder, 'root/here.sh'), 'a b']);
  });

  it.each([
    ['forecastlab-viz export x', /npm install @forecastlab\/viz/],
    ['nowhere', /no program nowhere in PATH/],
    ['./nowhere.sh', /no program \.\/nowhere\.sh/],
    ['a | b', /shell/],
    ['""', /names no program/],
  ])('says what is wrong with %s', (command, message) => {
    expect(() => words(command)).toThrow(expect.objectContaining({ code: 'BAD_OPTION', message: expect.stringMatching(message) as string, details: { file: places.file, key: 'jobs.one.command' } }));
  });
});
