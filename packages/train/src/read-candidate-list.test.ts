import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCandidateList } from './read-candidate-list.js';

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'forecastlab-candidates-'));
  writeFileSync(join(cwd, 'list.txt'), '# the first two\r\nT21_X8, T14_X8.5\n\nT7_X6 # short\n');
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));
const names = async (...list: string[]): Promise<string[]> => (await readCandidateList(list, { cwd })).map((candidate) => candidate.name);

describe('readCandidateList', () => {
  it('takes names and files of names, in order', async () => {
    expect(await names('T21_X8', 'T14_X8')).toEqual(['T21_X8', 'T14_X8']);
    expect(await names('@list.txt', 'T10_X10')).toEqual(['T21_X8', 'T14_X8.5', 'T7_X6', 'T10_X10']);
  });

  it('refuses what is no name, no file, or named twice', async () => {
    await expect(names('X8')).rejects.toMatchObject({ code: 'BAD_OPTION' });
    await expect(names('@list.txt', 'T21_X8')).rejects.toThrow('named twice');
    await expect(names('@nowhere.txt')).rejects.toMatchObject({ code: 'BAD_FILE', details: { file: join(cwd, 'nowhere.txt') } });
  });
});
