// Putting a unit in place twice changes nothing, and what somebody changed stays.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeUnit } from './make-unit.js';
import type { Unit } from './unit.js';
import { type RunProgram, writeUnit } from './write-unit.js';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'forecastlab-install-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const unitOf = (manager: 'systemd' | 'launchd' | 'cron', root = '/srv/forecasts'): Unit =>
  makeUnit({ manager, what: 'predict', isSystem: false, source: 'auto', root, store: undefined, program: { node: '/usr/bin/node', cli: '/opt/cli.js', path: '/usr/bin', notes: [] }, home, user: 'maria', env: {} }).unit;

it('writes files once, and leaves what was changed without force', async () => {
  const unit = unitOf('systemd');
  const statuses = async (of: Unit, force = false): Promise<string[]> => (await writeUnit(of, 'forecastlab-predict', { force })).map(({ status }) => status);
  expect(await statuses(unit)).toEqual(['written', 'written']);
  expect(await statuses(unit)).toEqual(['unchanged', 'unchanged']);
  writeFileSync(unit.files[1].path, 'mine');
  const other = unitOf('systemd', '/srv/other');
  await expect(writeUnit(other, 'forecastlab-predict', { force: false })).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(readFileSync(unit.files[0].path, 'utf8')).toBe(unit.files[0].content);
  expect(readFileSync(unit.files[1].path, 'utf8')).toBe('mine');
  expect(await statuses(unit, true)).toEqual(['unchanged', 'replaced']);
});

it('makes the folder that launchd writes into', async () => {
  await writeUnit(unitOf('launchd', join(home, 'root')), 'forecastlab-predict', { force: false });
  expect(readdirSync(join(home, 'root/outputs'))).toEqual(['logs']);
});

/** A crontab in memory. */
function table(text: string | null): { readonly run: RunProgram; readonly text: () => string | null } {
  let now = text;
  return {
    text: () => now,
    run: (_file, args, input) => {
      if (args[0] === '-l') return now === null ? { code: 1, stdout: '', stderr: 'no crontab for maria\n', missing: false } : { code: 0, stdout: now, stderr: '', missing: false };
      if (/BAD/.test(input)) return { code: 1, stdout: '', stderr: 'bad minute', missing: false };
      now = input;
      return { code: 0, stdout: '', stderr: '', missing: false };
    },
  };
}

it('adds its lines to a crontab, and touches no others', async () => {
  const unit = unitOf('cron');
  const put = (on: ReturnType<typeof table>, of = unit, force = false): ReturnType<typeof writeUnit> => writeUnit(of, 'forecastlab-predict', { force, run: on.run });
  const empty = table(null);
  await put(empty);
  expect(empty.text()).toBe(unit.crontab);
  for (const others of ['MAILTO=me\n0 1 * * * backup\n', '0 1 * * * backup']) {
    const full = table(others);
    expect(await put(full)).toEqual([{ place: 'crontab', status: 'written' }]);
    expect(full.text()).toBe(`${others.trimEnd()}\n${String(unit.crontab)}`);
    expect(await put(full)).toEqual([{ place: 'crontab', status: 'unchanged' }]);
    const before = full.text();
    const other = unitOf('cron', '/srv/other');
    await expect(put(full, other)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(full.text()).toBe(before);
    await put(full, other, true);
    expect(full.text()).toBe(`${others.trimEnd()}\n${String(other.crontab)}`);
  }
  const cut = table('# begin forecastlab-predict, written by forecastlab-predict install cron\n5 * * * * x\n');
  await expect(put(cut)).rejects.toMatchObject({ code: 'CONFLICT' });
  const refusing = table('BAD\n');
  await expect(put(refusing)).rejects.toThrow(/bad minute/);
  await expect(writeUnit(unit, 'forecastlab-predict', { force: false, run: () => ({ code: 1, stdout: '', stderr: 'permission denied', missing: false }) })).rejects.toThrow(/permission denied/);
  await expect(writeUnit(unit, 'forecastlab-predict', { force: false, run: () => ({ code: null, stdout: '', stderr: '', missing: true }) })).rejects.toThrow(/no program crontab/);
});
