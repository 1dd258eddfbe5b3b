// Puts a unit in place. Writing the same again changes nothing; what somebody changed is left as it is.
import { spawnSync } from 'node:child_process';
import { ForecastLabError } from '@forecastlab/core';
import { createFileOnly, readFileBytes, writeFileWhole } from '@forecastlab/core/node';
import { mkdir } from 'node:fs/promises';
import { crontabMarks } from './cron-unit.js';
import type { Unit } from './unit.js';

export interface WrittenPlace {
  /** A file, or `crontab`. */
  readonly place: string;
  readonly status: 'written' | 'unchanged' | 'replaced';
}

/** Runs a program with this text as its input. Passed in. */
export type RunProgram = (file: string, args: readonly string[], input: string) => { readonly code: number | null; readonly stdout: string; readonly stderr: string; readonly missing: boolean };

/** @throws CONFLICT when something else lies there and `force` is off, FAILED when crontab refuses */
export async function writeUnit(unit: Unit, name: string, { force, run = runProgram }: { readonly force: boolean; readonly run?: RunProgram }): Promise<readonly WrittenPlace[]> {
  const before = await Promise.all(unit.files.map(({ path }) => readText(path)));
  unit.files.forEach(({ path, content }, i) => {
    if (before[i] !== undefined && before[i] !== content && !force) throw changed(path);
  });
  for (const folder of unit.folders) await mkdir(folder, { recursive: true });
  const written: WrittenPlace[] = [];
  for (const [i, { path, content }] of unit.files.entries()) {
    if (before[i] === undefined) await createFileOnly(path, content);
    else if (before[i] !== content) await writeFileWhole(path, content);
    written.push({ place: path, status: before[i] === undefined ? 'written' : before[i] === content ? 'unchanged' : 'replaced' });
  }
  if (unit.crontab !== null) written.push(writeCrontab(unit.crontab, name, force, run));
  return written;
}

function writeCrontab(block: string, name: string, force: boolean, run: RunProgram): WrittenPlace {
  const listed = run('crontab', ['-l'], '');
  if (listed.missing) throw new ForecastLabError('FAILED', 'There is no program crontab on this machine.', { hint: 'Install cron, or use another service manager.' });
  // Without a table it says so and ends with 1.
  if (listed.code !== 0 && !/no crontab/i.test(listed.stderr)) throw refused(listed.stderr);
  const table = listed.code === 0 ? listed.stdout : '';
  const [first, last] = crontabMarks(name);
  const lines = table.split('\n');
  const [from, to] = [lines.indexOf(first), lines.indexOf(last)];
  const isThere = from >= 0 && to > from;
  if (!isThere && (from >= 0 || to >= 0)) throw new ForecastLabError('CONFLICT', `The crontab holds a part of ${name} only.`, { hint: 'Remove those lines with crontab -e, then run the command again.' });
  const there = isThere ? `${lines.slice(from, to + 1).join('\n')}\n` : undefined;
  if (there === block) return { place: 'crontab', status: 'unchanged' };
  if (there !== undefined && !force) throw changed(`The part of ${name} in the crontab`);
  const others = isThere ? [...lines.slice(0, from), ...lines.slice(to + 1)].join('\n') : table;
  const next = isThere ? [...lines.slice(0, from), ...block.trimEnd().split('\n'), ...lines.slice(to + 1)].join('\n') : `${others === '' || others.endsWith('\n') ? others : `${others}\n`}${block}`;
  const done = run('crontab', ['-'], next);
  if (done.code !== 0) throw refused(done.stderr);
  return { place: 'crontab', status: isThere ? 'replaced' : 'written' };
}

function changed(place: string): ForecastLabError {
  return new ForecastLabError('CONFLICT', `${place} is there already and says something else. It was left as it is.`, { hint: 'Look at it first; --force puts this in its place, --unit makes one of another name.' });
}

function refused(stderr: string): ForecastLabError {
  return new ForecastLabError('FAILED', `crontab refuses: ${stderr.trim().slice(0, 500)}`, { hint: 'The table was left as it is. crontab -e shows it.' });
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await readFileBytes(path, { maxBytes: 1_000_000 }));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

const runProgram: RunProgram = (file, args, input) => {
  const { status, stdout, stderr, error } = spawnSync(file, [...args], { input, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  return { code: status, stdout: stdout ?? '', stderr: stderr ?? error?.message ?? '', missing: (error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT' };
};
