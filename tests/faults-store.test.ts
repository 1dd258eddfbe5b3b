// Whatever single operation of the file system fails, a file is old or new, never mixed, and running again completes.
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendLine, createFileOnly, openFolderStore, readJsonLines, writeFileWhole } from '@forecastlab/core/node';
import { forEveryFault } from './support/faulty-file-system.js';

const OLD = 'old '.repeat(50);
const NEW = 'new content '.repeat(40);
let folder = '';
let run = 0;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forecastlab-faults-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const fresh = (...parts: string[]): string => join(folder, String((run += 1)), ...parts);
const content = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);
const failed = (work: Promise<unknown>): Promise<boolean> => work.then(() => false, () => true);
const seen = (path: string): Promise<string[]> => readdir(join(path, '..')).then((names) => names.filter((name) => !/^\.forecastlab-[0-9a-f]{8}-\d+-\d+\.tmp$/.test(name)), () => []);

describe.each(['EIO', 'ENOSPC'])('with %s at every operation', (code) => {
  it('writeFileWhole leaves the old file or the new one', async () => {
    const operations = await forEveryFault(async (fs) => {
      const path = fresh('file.json');
      await writeFileWhole(path, OLD);
      const isFailed = await failed(writeFileWhole(path, NEW, { fs }));
      const left = await content(path);
      expect([OLD, NEW]).toContain(left);
      expect(isFailed || left === NEW).toBe(true);
      expect(await seen(path)).toEqual(['file.json']);
      await writeFileWhole(path, NEW);
      expect(await content(path)).toBe(NEW);
    }, code);
    expect(operations).toBeGreaterThan(7);
  });

  it('createFileOnly leaves nothing or the whole file, and never touches what is there', async () => {
    await forEveryFault(async (fs) => {
      const path = fresh('deep', 'er', 'file.json');
      const isFailed = await failed(createFileOnly(path, NEW, { fs }));
      const left = await content(path);
      expect([undefined, NEW]).toContain(left);
      expect(isFailed || left === NEW).toBe(true);
      if (left === undefined) await createFileOnly(path, NEW);
      await expect(createFileOnly(path, OLD)).rejects.toMatchObject({ code: 'CONFLICT' });
      expect(await content(path)).toBe(NEW);
      expect(await seen(path)).toEqual(['file.json']);
    }, code);
  });

  it('appendLine keeps every acknowledged line', async () => {
    await forEveryFault(async (fs) => {
      const path = fresh('lines.jsonl');
      await appendLine(path, '{"n":1}');
      const isFailed = await failed(appendLine(path, JSON.stringify({ n: 2, text: NEW }), { fs }));
      const between = (await readJsonLines(path)) as { n: number }[];
      expect([[1], [1, 2]]).toContainEqual(between.map((line) => line.n));
      expect(isFailed || between.length === 2).toBe(true);
      await appendLine(path, '{"n":3}');
      expect(((await readJsonLines(path)) as { n: number }[]).map((line) => line.n)).toEqual([...between.map((line) => line.n), 3]);
    }, code);
  });
});

it('removes its temporary file when a single operation fails', async () => {
  await forEveryFault(async (fs, fault) => {
    if (fault.mode !== 'once') return;
    const path = fresh('file.json');
    if (!(await failed(writeFileWhole(path, NEW, { fs })))) return;
    const names = await readdir(join(path, '..')).catch(() => []);
    expect(names.filter((name) => name !== 'file.json')).toEqual([]);
  });
});

it('creates without hard links too, under a lock', async () => {
  const { createFaultyFileSystem } = await import('./support/faulty-file-system.js');
  const path = fresh('file.json');
  const noLinks = { ...createFaultyFileSystem({ failAt: Infinity, mode: 'once' }), link: () => Promise.reject(Object.assign(new Error('no links here'), { code: 'EPERM' })) };
  const results = await Promise.allSettled([createFileOnly(path, OLD, { fs: noLinks }), createFileOnly(path, NEW, { fs: noLinks })]);
  expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await content(path)).toBe(results[0]?.status === 'fulfilled' ? OLD : NEW);
  expect(await readdir(join(path, '..'))).toEqual(['file.json']);
});

it('steps over temporary files of killed processes and never lists them', async () => {
  const path = fresh('file.json');
  await writeFileWhole(path, OLD);
  const prefix = `.forecastlab-${createHash('sha256').update('file.json').digest('hex').slice(0, 8)}`;
  for (let i = 0; i < 200; i += 1) await writeFile(join(path, '..', `${prefix}-${process.pid}-${i}.tmp`), 'left over');
  for (let i = 0; i < 5; i += 1) await writeFileWhole(path, NEW);
  expect(await content(path)).toBe(NEW);
  expect(await openFolderStore(join(path, '..')).list('')).toEqual(['file.json']);
});
