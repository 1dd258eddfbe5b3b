import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfigFile } from './read-config-file.js';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'forecastlab-config-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));
const read = (content: string): ReturnType<typeof readConfigFile> => {
  writeFileSync(join(root, 'forecastlab.config.json'), content);
  return readConfigFile(root, { knownKeys: ['extra'] });
};

describe('readConfigFile', () => {
  it('is empty without a file', async () => {
    expect(await readConfigFile(join(root, 'nowhere'), { knownKeys: [] })).toMatchObject({ shared: {}, commands: {} });
  });

  it('keeps shared values and sections apart', async () => {
    expect(await read('\uFEFF{"symbol":"BTCUSDT","extra":1,"commands":{"train bundle":{"seed":1}}}')).toMatchObject({ shared: { symbol: 'BTCUSDT', extra: 1 }, commands: { 'train bundle': { seed: 1 } } });
  });

  it.each([
    ['{"symbl":"BTCUSDT"}', 'nothing knows the key "symbl"'],
    ['{"commands":{"train bundle":3}}', '`commands.train bundle` must be an object'],
    ['null', 'the document must be an object'],
    ['{"symbol":', 'is not JSON'],
  ])('refuses %s', async (content, message) => {
    await expect(read(content)).rejects.toThrow(message);
  });

  it('suggests the near key', async () => {
    await expect(read('{"symbl":"BTCUSDT"}')).rejects.toMatchObject({ hint: 'Did you mean "symbol"?' });
  });
});
