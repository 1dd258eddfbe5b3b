// Lines survive several writers, full files and killed processes.
import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { asideFiles, rotatingFile } from './rotating-file.js';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forecastlab-logs-'));
  path = join(folder, 'logs', 'job.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const allLines = (): string[] => [...asideFiles(path), path].flatMap((file) => readFileSync(file, 'utf8').split('\n')).filter((line) => line !== '');
const isWhole = (line: string): boolean => {
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
};

it('puts full files aside and keeps the newest of them', () => {
  const file = rotatingFile(path, { maxBytes: 100, keep: 2 });
  for (let i = 0; i < 50; i += 1) file.write(`{"i":${i},"x":"${'x'.repeat(30)}"}\n`);
  expect(asideFiles(path)).toHaveLength(2);
  expect(allLines().map((line) => (JSON.parse(line) as { i: number }).i)).toEqual([44, 45, 46, 47, 48, 49]);
  for (const name of asideFiles(path)) expect(readFileSync(name).length).toBeLessThanOrEqual(100);
  expect(readdirSync(join(folder, 'logs')).filter((name) => name.endsWith('.rotating'))).toEqual([]);
  const none = rotatingFile(path, { maxBytes: 50, keep: 0 });
  for (let i = 0; i < 3; i += 1) none.write(`{"i":${i},"x":"${'x'.repeat(30)}"}\n`);
  expect(asideFiles(path)).toEqual([]);
});

it('begins on a line of its own after half a line', () => {
  const file = rotatingFile(path, { maxBytes: 1e6, keep: 1 });
  file.write('{"a":1}\n');
  appendFileSync(path, '{"cut":');
  file.write('{"b":2}\n');
  expect(readFileSync(path, 'utf8')).toBe('{"a":1}\n{"cut":\n{"b":2}\n');
});

it('writes on while another process has the right to put the file aside, and takes it from a dead one', () => {
  const file = rotatingFile(path, { maxBytes: 50, keep: 5 });
  file.write(`{"x":"${'x'.repeat(40)}"}\n`);
  mkdirSync(`${path}.rotating`);
  file.write('{"y":1}\n');
  expect(asideFiles(path)).toEqual([]);
  utimesSync(`${path}.rotating`, 0, 0);
  file.write('{"z":1}\n');
  expect(asideFiles(path)).toHaveLength(1);
  expect(allLines()).toHaveLength(3);
});

it('tells of a full disk, and of a place that cannot be', () => {
  mkdirSync(join(folder, 'logs'));
  symlinkSync('/dev/full', path);
  expect(() => rotatingFile(path, { maxBytes: 1e6, keep: 1 }).write('{}\n')).toThrow(/ENOSPC/);
  appendFileSync(join(folder, 'file'), '');
  expect(() => rotatingFile(join(folder, 'file', 'x.jsonl'), { maxBytes: 1e6, keep: 1 }).write('{}\n')).toThrow(/ENOTDIR/);
});

/** Processes that each write `lines` lines. */
function writers(count: number, lines: number, maxBytes: number): ReturnType<typeof spawn>[] {
  buildSync({ entryPoints: [join(import.meta.dirname, 'rotating-file.ts')], bundle: true, platform: 'node', format: 'esm', outfile: join(folder, 'rotating-file.mjs') });
  const program = `import { rotatingFile } from ${JSON.stringify(join(folder, 'rotating-file.mjs'))};
    const file = rotatingFile(${JSON.stringify(path)}, { maxBytes: ${maxBytes}, keep: 100000 });
    for (let i = 0; i < ${lines}; i += 1) file.write(JSON.stringify({ from: process.argv[1], i, x: 'x'.repeat(i % 97 * 40) }) + '\\n');`;
  return Array.from({ length: count }, (_, i) => spawn(process.execPath, ['--input-type=module', '-e', program, `p${i}`], { stdio: ['ignore', 'ignore', 'inherit'] }));
}
const ended = (child: ReturnType<typeof spawn>): Promise<unknown> => new Promise((resolve) => child.on('close', resolve));

it('loses and tears no line when processes write at once and put files aside', async () => {
  const [count, lines] = [3, 1500];
  await Promise.all(writers(count, lines, 60_000).map(ended));
  const found = allLines();
  expect(found.filter((line) => !isWhole(line))).toEqual([]);
  expect(new Set(found.map((line) => line.slice(0, line.indexOf(',"x"')))).size).toBe(count * lines);
  expect(found).toHaveLength(count * lines);
  expect(asideFiles(path).length).toBeGreaterThan(10);
});

it('leaves at worst one cut line for each process that is killed', async () => {
  const children = writers(3, 1e7, 200_000);
  const ends = children.map(ended);
  for (const [i, child] of children.entries()) {
    await new Promise((resolve) => setTimeout(resolve, 250 + 60 * i));
    child.kill('SIGKILL');
  }
  await Promise.all(ends);
  rmSync(`${path}.rotating`, { recursive: true, force: true });
  rotatingFile(path, { maxBytes: 200_000, keep: 100_000 }).write('{"last":true}\n');
  const found = allLines();
  expect(found.at(-1)).toBe('{"last":true}');
  expect(found.filter((line) => !isWhole(line)).length).toBeLessThanOrEqual(3);
});
