import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ArtifactStore, createOrCompare } from './artifact-store.js';
import { type FileSystem, nodeFileSystem } from './file-system.js';
import { openFolderStore } from './folder-store.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (value: Uint8Array | undefined): string | undefined => (value === undefined ? undefined : new TextDecoder().decode(value));
let folder = '';
let store: ArtifactStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forecastlab-store-'));
  store = openFolderStore(join(folder, 'root'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('openFolderStore', () => {
  it('reads what it wrote, and nothing where nothing is', async () => {
    expect(await store.read('a/b.json')).toBeUndefined();
    expect(await store.exists('a/b.json')).toBe(false);
    expect(await store.list('')).toEqual([]);
    await store.createOnly('a/b.json', bytes('1'));
    await store.replace('a/c.json', bytes('2'));
    await store.replace('a/c.json', bytes('3'));
    await store.append('ab.jsonl', '{"n":1}');
    expect(text(await store.read('a/b.json'))).toBe('1');
    expect(text(await store.read('a/c.json'))).toBe('3');
    expect(await store.exists('a/b.json')).toBe(true);
    expect(await store.exists('a')).toBe(false);
    expect(await store.list('')).toEqual(['a/b.json', 'a/c.json', 'ab.jsonl']);
    expect(await store.list('a/')).toEqual(['a/b.json', 'a/c.json']);
    expect(await store.list('a/b')).toEqual(['a/b.json']);
    await store.remove('a/b.json');
    await store.remove('a/b.json');
    expect(await store.list('a')).toEqual(['a/c.json', 'ab.jsonl']);
    await expect(store.read('a/c.json', { maxBytes: 0 })).rejects.toMatchObject({ code: 'BAD_FILE' });
    expect(store.describe('a/c.json')).toBe(join(folder, 'root', 'a', 'c.json'));
  });

  it('takes no address for a folder', () => {
    expect(() => openFolderStore('gs://bucket/prefix')).toThrow('The store gs://bucket/prefix is an address, not a folder.');
  });

  it('reads plain files only', async () => {
    await mkdir(join(folder, 'root', 'x.json'), { recursive: true });
    await expect(store.read('x.json')).rejects.toMatchObject({ code: 'BAD_FILE', message: expect.stringContaining('is a folder') as string });
  });

  it.skipIf(process.platform === 'win32')('does not wait for the writer of a pipe', async () => {
    await mkdir(join(folder, 'root'));
    execFileSync('mkfifo', [join(folder, 'root', 'meta.json')]);
    await expect(store.read('meta.json')).rejects.toMatchObject({ code: 'BAD_FILE', message: expect.stringContaining('is a pipe') as string });
  });

  it('creates once', async () => {
    await store.createOnly('x', bytes('1'));
    await expect(store.createOnly('x', bytes('1'))).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await createOrCompare(store, 'x', bytes('1'))).toBe('unchanged');
    await expect(createOrCompare(store, 'x', bytes('2'))).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await createOrCompare(store, 'y', bytes('2'))).toBe('created');
    const racers = await Promise.allSettled(Array.from({ length: 8 }, (_, i) => store.createOnly('race', bytes(String(i)))));
    expect(racers.filter((racer) => racer.status === 'fulfilled')).toHaveLength(1);
  });

  it('replaces only the version that was read', async () => {
    await store.replace('pointer', bytes('1'), { ifMatch: null });
    await expect(store.replace('pointer', bytes('2'), { ifMatch: null })).rejects.toMatchObject({ code: 'CONFLICT' });
    const first = await store.readVersioned('pointer');
    await store.replace('pointer', bytes('2'), { ifMatch: first?.version ?? '' });
    await expect(store.replace('pointer', bytes('3'), { ifMatch: first?.version ?? '' })).rejects.toThrow('changed by somebody else');
    await store.remove('pointer');
    await expect(store.replace('pointer', bytes('3'), { ifMatch: first?.version ?? '' })).rejects.toThrow('is gone');
    expect(await store.read('pointer')).toBeUndefined();
  });

  it.each(['', '/etc/passwd', '../x', 'a/../../x', 'a/./b', 'a//b', 'a/', 'a\\b', 'C:/x', 'a\0b', 'a\nb', 'x.lock', 'x.lock/y', '.forecastlab-0a1b2c3d-1-1.tmp', 'x'.repeat(256), 'x/'.repeat(600) + 'y'])(
    'refuses %j as a path',
    async (path) => {
      for (const call of [() => store.read(path), () => store.createOnly(path, bytes('1')), () => store.replace(path, bytes('1')), () => store.append(path, '{}'), () => store.remove(path)]) {
        await expect(call()).rejects.toMatchObject({ code: 'BAD_OPTION' });
      }
    },
  );

  it('refuses to leave the root through symbolic links', async () => {
    await mkdir(join(folder, 'root'));
    await mkdir(join(folder, 'outside'));
    await writeFile(join(folder, 'outside', 'secret'), 'secret');
    await symlink(join(folder, 'outside'), join(folder, 'root', 'door'));
    await symlink(join(folder, 'outside', 'secret'), join(folder, 'root', 'window'));
    await symlink(join(folder, 'outside', 'absent'), join(folder, 'root', 'dangling'));
    for (const path of ['door/secret', 'door/new', 'door/a/b', 'window', 'dangling']) {
      for (const call of [() => store.read(path), () => store.replace(path, bytes('1')), () => store.append(path, '{}'), () => store.remove(path)]) {
        await expect(call()).rejects.toMatchObject({ code: 'BAD_FILE' });
      }
    }
    expect(await store.list('')).toEqual([]);
    expect(await readFile(join(folder, 'outside', 'secret'), 'utf8')).toBe('secret');
    await symlink(join(folder, 'root'), join(folder, 'alias'));
    await openFolderStore(join(folder, 'alias')).createOnly('fine', bytes('1'));
    expect(await store.list('')).toEqual(['fine']);
  });

  it('takes a folder that another process makes while it looks for what it is', async () => {
    const root = join(folder, 'root');
    await mkdir(root);
    let made = 0;
    const racing: FileSystem = {
      ...nodeFileSystem,
      realpath: async (path) => {
        if (path === join(root, 'a') && made === 0) {
          const failure = await nodeFileSystem.realpath(path).catch((error: unknown) => error);
          await mkdir(path); // by the other process, between the two looks
          made += 1;
          throw failure;
        }
        return nodeFileSystem.realpath(path);
      },
    };
    await openFolderStore(root, { fs: racing }).replace('a/b.json', bytes('1'));
    expect(made).toBe(1);
    expect(text(await store.read('a/b.json'))).toBe('1');
  });

  it('sweeps what killed writers left half written under a folder, and nothing else', async () => {
    await store.replace('outputs/x/a.json', bytes('a'));
    await store.replace('outputs/y/b.json', bytes('b'));
    for (const leftover of ['x/.forecastlab-0a1b2c3d-1-2.tmp', 'x/deep/.forecastlab-0a1b2c3d-3-4.tmp', 'y/.forecastlab-0a1b2c3d-1-2.tmp']) {
      await mkdir(join(folder, 'root/outputs', leftover, '..'), { recursive: true });
      await writeFile(join(folder, 'root/outputs', leftover), 'half');
    }
    await writeFile(join(folder, 'root/outputs/x/own.tmp'), 'of somebody');
    await store.sweep('outputs/x/');
    await store.sweep('outputs/none/');
    expect((await readdir(join(folder, 'root/outputs/x'), { recursive: true })).sort()).toEqual(['a.json', 'deep', 'own.tmp']);
    expect((await readdir(join(folder, 'root/outputs/y'))).sort()).toEqual(['.forecastlab-0a1b2c3d-1-2.tmp', 'b.json']);
  });

  it('sweeps what killed writers left of one artifact, and nothing of those beside it', async () => {
    const dying = openFolderStore(join(folder, 'root'), { fs: { ...nodeFileSystem, rename: async () => Promise.reject(new Error('killed')), unlink: async () => undefined } });
    for (const path of ['a/x.csv', 'a/y.csv', 'x.csv']) await expect(dying.replace(path, bytes('half'))).rejects.toThrow('killed');
    const left = async (): Promise<number[]> => Promise.all(['root/a', 'root'].map(async (place) => (await readdir(join(folder, place))).filter((name) => name.endsWith('.tmp')).length));
    expect(await left()).toEqual([2, 1]);
    await store.sweep('a/x.csv');
    await store.sweep('none/x.csv');
    expect(await left()).toEqual([1, 1]);
    await store.replace('a/x.csv', bytes('whole'));
    await store.sweep('a/y.csv');
    expect(await left()).toEqual([0, 1]);
    expect(text(await store.read('a/x.csv'))).toBe('whole');
  });
});
