import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { appendLine, parseJsonLines, readJsonLines } from './json-lines.js';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forecastlab-lines-'));
  path = join(folder, 'history', 'lines.jsonl');
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const content = (): Promise<string> => readFile(path, 'utf8');

it('appends and reads', async () => {
  expect(await readJsonLines(path)).toEqual([]);
  await appendLine(path, '{"why":"größer 中文"}');
  await appendLine(path, '{"n":2}');
  expect(await readJsonLines(path)).toEqual([{ why: 'größer 中文' }, { n: 2 }]);
});

it.each([
  ['{"n":2', '{"n":1}\n{"n":3}\n'],
  ['{"n":2}', '{"n":1}\n{"n":2}\n{"n":3}\n'],
  ['{"why":"中', '{"n":1}\n{"n":3}\n'],
  ['\0\0\0\0', '{"n":1}\n{"n":3}\n'],
  [`{"n":"${'x'.repeat(10_000)}`, '{"n":1}\n{"n":3}\n'],
  [`{"n":"${'é'.repeat(5000)}"}`, `{"n":1}\n{"n":"${'é'.repeat(5000)}"}\n{"n":3}\n`],
])('mends a last line without its end: %.20s', async (tail, expected) => {
  await appendLine(path, '{"n":1}');
  await appendFile(path, tail);
  const isWhole = tail.endsWith('}');
  expect(await readJsonLines(path)).toHaveLength(isWhole ? 2 : 1);
  await appendLine(path, '{"n":3}');
  expect(await content()).toBe(expected);
});

it('mends a file that is nothing but a cut line', async () => {
  await appendLine(path, '{}');
  await writeFile(path, '{"n"');
  await appendLine(path, '{"n":1}');
  expect(await content()).toBe('{"n":1}\n');
});

it('refuses what is no line, and names a broken line in the middle', async () => {
  for (const line of ['', 'text', '[1]', '1', '{\n}', '{"a":1}\r']) await expect(appendLine(path, line)).rejects.toMatchObject({ code: 'BAD_OPTION' });
  expect(() => parseJsonLines(new TextEncoder().encode('{}\n{"a\n{}\n'), { fileName: 'lines.jsonl' })).toThrow('lines.jsonl, line 2');
});
