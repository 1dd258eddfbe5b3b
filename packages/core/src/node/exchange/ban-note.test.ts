import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFolderStore } from '../store/folder-store.js';
import { storedBanNote } from './ban-note.js';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'ban-note-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('storedBanNote', () => {
  it('is there for the next process', async () => {
    expect(await storedBanNote(openFolderStore(root)).read()).toBeUndefined();
    await storedBanNote(openFolderStore(root)).write(Date.UTC(2026, 0, 1, 12));
    expect(await storedBanNote(openFolderStore(root)).read()).toBe(Date.UTC(2026, 0, 1, 12));
    expect(await readFile(join(root, 'data/raw/binance_ban.json'), 'utf8')).toMatch(/^\{"bans":\[\{"banned_until":"2026-01-01T12:00:00.000Z","hosts":\["data-api.binance.vision","api.binance.com",.*\]\}\]\}\n$/);
    expect(await storedBanNote(openFolderStore(root), { venue: 'usdm' }).read()).toBeUndefined();
  });

  it('holds for the hosts that were asked, and no others', async () => {
    const note = (...baseUrls: string[]): ReturnType<typeof storedBanNote> => storedBanNote(openFolderStore(root), { baseUrls });
    await note('https://mirror.example:8443/a', 'https://b.example').write(1000);
    expect(await storedBanNote(openFolderStore(root)).read()).toBeUndefined();
    expect(await note('https://mirror.example').read()).toBeUndefined();
    expect(await note('https://c.example', 'https://mirror.example:8443/other').read()).toBe(1000);
    await note('https://api1.binance.com').write(3000);
    expect(await storedBanNote(openFolderStore(root)).read()).toBe(3000);
    expect(await note('https://b.example').read()).toBe(1000);
    await note('https://b.example').write(2000);
    expect(await note('https://mirror.example:8443').read()).toBe(1000);
    expect(await note('https://b.example').read()).toBe(2000);
  });

  it('of an earlier version holds for the exchange itself', async () => {
    await storedBanNote(openFolderStore(root)).write(0);
    await writeFile(join(root, 'data/raw/binance_ban.json'), '{"banned_until":"2026-01-01T12:00:00.000Z"}\n');
    expect(await storedBanNote(openFolderStore(root)).read()).toBe(Date.UTC(2026, 0, 1, 12));
    expect(await storedBanNote(openFolderStore(root), { baseUrls: ['https://mirror.example'] }).read()).toBeUndefined();
  });

  it.each(['', '{}', '{"banned_until":"soon"}', 'x'.repeat(20_000)])('is none when the file is something else', async (text) => {
    await storedBanNote(openFolderStore(root)).write(0);
    await writeFile(join(root, 'data/raw/binance_ban.json'), text);
    expect(await storedBanNote(openFolderStore(root)).read()).toBeUndefined();
  });
});
