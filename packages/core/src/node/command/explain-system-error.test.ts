import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeFileWhole } from '../store/write-file-whole.js';
import { explainSystemError } from './explain-system-error.js';

const refusal = (code: string, more: object = {}): Error => Object.assign(new Error(`${code}: told by the system`), { code, errno: -28, ...more });

describe('explainSystemError', () => {
  it('says what the system meant, with the file where it is known', () => {
    expect(explainSystemError(refusal('ENOSPC', { path: '/data/x.csv' }))).toMatchObject({ code: 'FAILED', message: '/data/x.csv cannot be used: no space is left on the disk (ENOSPC).', hint: expect.stringContaining('Free some space') as string, details: { system: 'ENOSPC', file: '/data/x.csv' } });
    expect(explainSystemError(refusal('EACCES', { path: '/data/.tmp', dest: '/data/y.csv' }))?.message).toBe('/data/y.csv cannot be used: permission is denied (EACCES).');
    expect(explainSystemError(refusal('EROFS'))?.message).toBe('A file cannot be used: the disk is read-only (EROFS).');
  });

  it('leaves defects alone', () => {
    for (const error of [new RangeError('oops'), refusal('ENOTHING'), Object.assign(new Error('x'), { code: 'ENOSPC' }), refusal('toString'), 'text', undefined]) {
      expect(explainSystemError(error)).toBeUndefined();
    }
  });

  it('names the file that was to be written, not the temporary one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'explain-'));
    try {
      await writeFile(join(folder, 'file'), '');
      const long = join(folder, 'x'.repeat(300), 'a.json');
      for (const [path, meaning] of [[join(folder, 'file', 'a.json'), 'something else is there'], [join(folder, 'file', 'sub', 'a.json'), 'is a file, not a folder'], [long, 'too long']]) {
        const error: unknown = await writeFileWhole(path, 'x').catch((reason: unknown) => reason);
        expect(explainSystemError(error)?.message).toMatch(meaning);
      }
      const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', errno: -28, syscall: 'write' });
      const { nodeFileSystem } = await import('../store/file-system.js');
      const error: unknown = await writeFileWhole(join(folder, 'b.json'), 'x', { fs: { ...nodeFileSystem, open: () => Promise.reject(full) } }).catch((reason: unknown) => reason);
      expect(explainSystemError(error)?.details.file).toBe(join(folder, 'b.json'));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
