import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readNameList } from './read-name-list.js';

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'forecastlab-names-'));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));
const read = (entry: string): Promise<readonly string[]> => readNameList([entry], { cwd, what: 'symbol', example: '--symbol BTCUSDT' });

describe('readNameList', () => {
  it('reads names, blanks, commas, lines and comments', async () => {
    writeFileSync(join(cwd, 'list'), '# all\r\nBTCUSDT, ETHUSDT # two\n\nBNBUSDT');
    expect(await read('@list')).toEqual(['BTCUSDT', 'ETHUSDT', 'BNBUSDT']);
    expect(await read('BTCUSDT')).toEqual(['BTCUSDT']);
  });

  it('refuses what is missing, a folder, or far too large, without reading it', async () => {
    mkdirSync(join(cwd, 'folder'));
    writeFileSync(join(cwd, 'large'), '');
    truncateSync(join(cwd, 'large'), 100_000_000_000);
    for (const [name, reason] of [['none', 'cannot be read.'], ['folder', 'is a folder'], ['large', '100000000000 bytes']] as const) {
      await expect(read(`@${name}`)).rejects.toMatchObject({ code: 'BAD_FILE', message: expect.stringContaining(reason) as string, details: { file: join(cwd, name) } });
    }
  });

  it.skipIf(process.platform === 'win32')('waits for no pipe and reads no device', async () => {
    execFileSync('mkfifo', [join(cwd, 'pipe')]);
    for (const name of ['pipe', '/dev/zero']) await expect(read(`@${name}`)).rejects.toMatchObject({ code: 'BAD_FILE', message: expect.stringContaining('is a pipe or a device') as string });
  });
});
