import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tinyBundle, tinyInput } from '../../../../../tests/support/tiny-bundle.js';
import { createBundle } from '../../bundle/create-bundle.js';
import { type ArtifactStore, type FileSystem, nodeFileSystem, openFolderStore } from '../store/index.js';
import { type ModelRegistry, openModelRegistry, type PromotionResult } from './model-registry.js';
import type { Promotion } from './promotion.js';

let root = '';
let store: ArtifactStore;
let registry: ModelRegistry;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'forecastlab-registry-'));
  store = openFolderStore(root);
  registry = openModelRegistry(store);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const at = (day: number, why = 'test'): { why: string; nowMs: number } => ({ why, nowMs: Date.UTC(2025, 0, day) });
const text = (path: string): Promise<string> => readFile(join(root, 'models/production', path), 'utf8');
const publish = async (...names: string[]): Promise<void> => {
  for (const name of names) await registry.publish(await tinyBundle(name), name);
};

describe('publish', () => {
  it('writes the folder once; again changes nothing', async () => {
    expect(await registry.list()).toEqual([]);
    expect(await registry.publish(await tinyBundle('one'), 'one')).toBe('published');
    const meta = await text('one/meta.json');
    expect(await registry.publish(await tinyBundle('one'), 'one')).toBe('unchanged');
    expect(await registry.publish(await tinyBundle('one', { createdAtMs: 0 }), 'one')).toBe('unchanged');
    expect(await text('one/meta.json')).toBe(meta);
    await expect(registry.publish(await tinyBundle('one', { seed: 2 }), 'one')).rejects.toMatchObject({ code: 'CONFLICT', hint: expect.stringContaining('--name') });
    await expect(registry.publish(await tinyBundle('one'), 'two')).rejects.toMatchObject({ code: 'BAD_OPTION' });
    await expect(registry.publish(new Map(), 'two')).rejects.toMatchObject({ code: 'CORRUPT' });
    expect(await store.list('')).toEqual(['MODEL_CARD.md', 'meta.json', 'model_T14_X8.5.json', 'model_T21_X8.json', 'walk_forward_T21_X8.csv'].map((file) => `models/production/one/${file}`));
  });

  it('replaces what an unfinished publish left, even of another bundle, and mends a damaged file', async () => {
    await store.createOnly('models/production/one/model_T21_X8.json', new Uint8Array(3));
    await store.createOnly('models/production/one/model_T7_X10.json', new Uint8Array(3));
    expect(await registry.list()).toEqual([]);
    await expect(registry.show('one')).rejects.toMatchObject({ code: 'BAD_OPTION' });
    await publish('one');
    expect((await registry.verify('one')).meta.deployName).toBe('one');
    await writeFile(join(root, 'models/production/one/model_T21_X8.json'), '{}');
    await expect(registry.verify('one')).rejects.toMatchObject({ code: 'CORRUPT', message: expect.stringMatching(/production.one: model_T21_X8\.json/) });
    await publish('one');
    expect((await registry.verify('one')).meta.deployName).toBe('one');
  });
});

describe('list, show, verify', () => {
  it('lists newest first and says what cannot be read', async () => {
    await registry.publish(await tinyBundle('old', { createdAtMs: 0 }), 'old');
    await publish('new');
    await store.createOnly('models/production/broken/meta.json', new Uint8Array(3));
    await registry.activate('old', at(1));
    const entries = await registry.list();
    expect(entries.map(({ name, isActive }) => [name, isActive])).toEqual([['new', false], ['old', true], ['broken', false]]);
    expect(entries[2]).toMatchObject({ meta: null, problem: expect.stringContaining('meta.json of the bundle cannot be used') });
    expect(await registry.show('old')).toMatchObject({ isActive: true, meta: { deployName: 'old' }, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    await expect(registry.show('../old')).rejects.toMatchObject({ code: 'BAD_OPTION' });
    await expect(registry.activate('broken', at(2))).rejects.toMatchObject({ code: 'CORRUPT' });
  });

  it('passes over what desktops leave, refuses a strange file, and a folder that was renamed', async () => {
    await publish('one');
    await writeFile(join(root, 'models/production/one/.DS_Store'), 'x');
    expect((await registry.verify('one')).meta.deployName).toBe('one');
    await writeFile(join(root, 'models/production/one/run.js'), 'x');
    await expect(registry.verify('one')).rejects.toThrow('a bundle holds no file of that name');
    for (const path of await store.list('models/production/one/m')) await store.createOnly(path.replace('one', 'two'), (await store.read(path)) as Uint8Array);
    await expect(registry.verify('two')).rejects.toThrow('named one');
  });
});

describe('verify', () => {
  it('holds the active bundle to the sha256 that was activated', async () => {
    await publish('one', 'two');
    await registry.activate('one', at(1));
    const meta = await text('one/meta.json');
    await writeFile(join(root, 'models/production/one/meta.json'), `${meta}\n`);
    await expect(registry.verify('one')).rejects.toMatchObject({ code: 'CORRUPT', message: expect.stringContaining('expected was') as string });
    await registry.activate('two', at(2));
    expect((await registry.verify('one')).meta.deployName).toBe('one');
    await writeFile(join(root, 'models/production/active.json'), '{');
    expect((await registry.verify('two')).meta.deployName).toBe('two');
  });
});

describe('activate and rollback', () => {
  it('moves the pointer, keeps the history, and is idempotent', async () => {
    await publish('a', 'b');
    expect(await registry.loadActive()).toBeUndefined();
    await expect(registry.rollback(at(1))).rejects.toMatchObject({ code: 'BAD_OPTION', message: 'There is no active bundle to roll back from.' });
    await expect(registry.activate('none', at(1))).rejects.toMatchObject({ code: 'BAD_OPTION' });
    expect(await registry.activate('a', at(1, 'first'))).toEqual({ status: 'activated', from: null, to: 'a' });
    await expect(registry.rollback(at(1))).rejects.toThrow('no bundle before a');
    expect(await registry.activate('b', at(2, 'better'))).toEqual({ status: 'activated', from: 'a', to: 'b' });
    const files = [await text('active.json'), await text('promotions.jsonl')];
    expect(await registry.activate('b', at(3))).toEqual({ status: 'unchanged', from: 'b', to: 'b' });
    expect([await text('active.json'), await text('promotions.jsonl')]).toEqual(files);
    expect(JSON.parse(files[0])).toMatchObject({ deploy_name: 'b', activated_at: '2025-01-02T00:00:00.000Z', previous: 'a' });
    expect(await registry.history()).toEqual([
      { when: '2025-01-01T00:00:00.000Z', action: 'activate', from: null, to: 'a', why: 'first' },
      { when: '2025-01-02T00:00:00.000Z', action: 'activate', from: 'a', to: 'b', why: 'better' },
    ]);
    expect((await registry.loadActive())?.meta.deployName).toBe('b');
  });

  it('rolls back step by step and never to the bundle that was just left', async () => {
    await publish('a', 'b', 'c');
    for (const name of ['a', 'b', 'c']) await registry.activate(name, at(1));
    expect(await registry.rollback(at(2, 'worse'))).toEqual({ status: 'activated', from: 'c', to: 'b' });
    expect(await registry.active()).toMatchObject({ deploy_name: 'b', previous: 'a' });
    expect(await registry.rollback(at(3))).toMatchObject({ to: 'a' });
    await expect(registry.rollback(at(4))).rejects.toThrow('no bundle before a');
    await registry.activate('c', at(5));
    expect(await registry.rollback(at(6))).toMatchObject({ from: 'c', to: 'a' });
    expect((await registry.history()).map(({ action, to }) => `${action} ${to}`)).toEqual(['activate a', 'activate b', 'activate c', 'rollback b', 'rollback a', 'activate c', 'rollback a']);
  });

  it('does not roll back to a damaged bundle', async () => {
    await publish('a', 'b');
    await registry.activate('a', at(1));
    await registry.activate('b', at(2));
    await writeFile(join(root, 'models/production/a/model_T21_X8.json'), '{}');
    await expect(registry.rollback(at(3))).rejects.toMatchObject({ code: 'CORRUPT' });
    expect((await registry.loadActive())?.meta.deployName).toBe('b');
  });

  it('refuses an active bundle that was exchanged under its name', async () => {
    await publish('a', 'b');
    await registry.activate('b', at(1));
    await registry.activate('a', at(2));
    await rm(join(root, 'models/production/a'), { recursive: true });
    await registry.publish(await tinyBundle('a', { seed: 7 }), 'a');
    await expect(registry.loadActive()).rejects.toThrow('expected was');
    expect(await registry.activate('a', at(3, 'made anew'))).toMatchObject({ status: 'activated' });
    expect(await registry.active()).toMatchObject({ deploy_name: 'a', previous: 'b' });
    expect(await registry.rollback(at(4))).toMatchObject({ to: 'b' });
  });

  it('takes a pointer that was written by hand, and refuses one that is none', async () => {
    await publish('a', 'b');
    await writeFile(join(root, 'models/production/active.json'), '{"deploy_name":"a","activated_at":"2025-01-01T00:00:00Z"}');
    expect((await registry.loadActive())?.meta.deployName).toBe('a');
    expect(await registry.activate('b', at(2))).toEqual({ status: 'activated', from: 'a', to: 'b' });
    expect(await registry.rollback(at(3))).toMatchObject({ to: 'a' });
    for (const bad of ['', '{', '[]', '{"deploy_name":1}', `{"a":"${'x'.repeat(200_000)}"}`]) {
      await writeFile(join(root, 'models/production/active.json'), bad);
      await expect(registry.loadActive()).rejects.toMatchObject({ code: 'CORRUPT', message: expect.stringContaining('active.json'), hint: expect.stringContaining('activate NAME') });
    }
  });

  it('completes a history that lacks its last line, on reading and with the next promotion', async () => {
    await publish('a', 'b');
    await registry.activate('a', at(1));
    await registry.activate('b', at(2));
    const whole = await text('promotions.jsonl');
    const history = await registry.history();
    for (const cut of [whole.split('\n')[0] + '\n', whole.slice(0, -20)]) {
      await writeFile(join(root, 'models/production/promotions.jsonl'), cut);
      expect(await registry.history()).toEqual(history);
      await registry.activate('b', at(3));
      expect(await text('promotions.jsonl')).toBe(whole);
    }
  });

  it('serialises promotions made at the same time', async () => {
    await publish('a', 'b', 'c');
    await Promise.all(['a', 'b', 'c', 'a', 'b', 'c'].map((name) => openModelRegistry(openFolderStore(root)).activate(name, at(1, name))));
    const history = await registry.history();
    history.forEach(({ from }, i) => expect(from).toBe(history[i - 1]?.to ?? null));
    expect((await registry.active())?.deploy_name).toBe(history[history.length - 1]?.to);
  });
});

describe('loadUsable', () => {
  const usable = async (): Promise<[string | undefined, { name: string | null; reason: string } | null | undefined]> => {
    const loaded = await registry.loadUsable();
    return [loaded?.bundle.meta.deployName, loaded?.fallback];
  };
  const file = (path: string): string => join(root, 'models/production', path);

  it('gives the active bundle, or the newest before it that passes; a bundle that was rolled back from is none', async () => {
    expect(await registry.loadUsable()).toBeUndefined();
    await publish('a', 'b', 'c', 'd');
    for (const name of ['a', 'b', 'c']) await registry.activate(name, at(1));
    await registry.decline('d', at(1, 'worse'));
    expect(await usable()).toEqual(['c', null]);
    await writeFile(file('c/model_T21_X8.json'), '{}');
    expect(await usable()).toEqual(['b', { name: 'c', reason: expect.stringMatching(/production.c: model_T21_X8\.json/) as string }]);
    await rm(file('b'), { recursive: true });
    expect(await usable()).toEqual(['a', { name: 'c', reason: expect.stringContaining('no bundle named b') as string }]);
    expect(await registry.active()).toMatchObject({ deploy_name: 'c' });
    await rm(file('a/meta.json'));
    await expect(registry.loadUsable()).rejects.toMatchObject({ code: 'CORRUPT', message: expect.stringMatching(/No bundle under .* passes its checks.*model_T21_X8.*named b.*named a/s) as string });
    await publish('a');
    await registry.activate('a', at(2));
    await registry.activate('d', at(3));
    await registry.rollback(at(4));
    await rm(file('a'), { recursive: true });
    await expect(registry.loadUsable()).rejects.not.toThrow('named d');
  });

  it('does not take a bundle that was exchanged under its name, nor one whose features mean something else', async () => {
    await publish('a', 'b');
    for (const name of ['a', 'b']) await registry.activate(name, at(1));
    await rm(file('b'), { recursive: true });
    await registry.publish(await tinyBundle('b', { seed: 7 }), 'b');
    expect(await usable()).toEqual(['a', { name: 'b', reason: expect.stringContaining('expected was') as string }]);
    await registry.publish(createBundle({ ...(await tinyInput('c')), featureSetVersion: 'of old' }), 'c');
    await registry.activate('c', at(2));
    expect(await usable()).toEqual(['b', { name: 'c', reason: expect.stringContaining('defines otherwise (of old then') as string }]);
    expect((await registry.loadUsable({ check: () => undefined }))?.bundle.meta.deployName).toBe('c');
  });

  it('throws on what may pass: it says nothing about the bundle', async () => {
    await publish('a', 'b');
    for (const name of ['a', 'b']) await registry.activate(name, at(1));
    for (const code of ['EIO', 'EACCES']) {
      const fs = { ...nodeFileSystem, open: (path: string, flags: Parameters<FileSystem['open']>[1]) => (path.includes('model_') ? Promise.reject(Object.assign(new Error(code), { code })) : nodeFileSystem.open(path, flags)) };
      await expect(openModelRegistry(openFolderStore(root, { fs })).loadUsable()).rejects.toMatchObject({ code });
    }
  });
});

describe('a damaged pointer', () => {
  const POINTER = 'models/production/active.json';
  beforeEach(async () => {
    await publish('a', 'b', 'c');
    for (const name of ['a', 'b']) await registry.activate(name, at(1, name));
    await registry.decline('c', at(2, 'worse'));
  });

  it.each([['{"deploy_na', 'it is not JSON'], ['', 'it is empty'], ['{"deploy_name":1}', 'expected string'], [null, 'is missing']])('%j: what the history says holds', async (bytes, reason) => {
    await (bytes === null ? rm(join(root, POINTER)) : writeFile(join(root, POINTER), bytes));
    const loaded = await registry.loadUsable();
    expect([loaded?.bundle.meta.deployName, loaded?.fallback]).toEqual(['b', { name: null, reason: expect.stringContaining(reason) as string }]);
    expect(await registry.current()).toMatchObject({ deploy_name: 'b', previous: 'a' });
    expect((await registry.list()).filter(({ isActive }) => isActive).map(({ name }) => name)).toEqual(['b']);
    expect((await registry.show('b')).isActive).toBe(true);
    expect(await registry.problems()).toEqual([expect.stringMatching(/active\.json.*By models\/production\/promotions\.jsonl the active bundle is b\.$/) as string]);
    expect((await registry.history()).map(({ action, to }) => `${action} ${to}`)).toEqual(['activate a', 'activate b', 'decline c']);
  });

  it.each([
    ['activate another', (): Promise<PromotionResult> => registry.activate('c', at(3)), { from: 'b', to: 'c' }, 'b'],
    ['activate the same', (): Promise<PromotionResult> => registry.activate('b', at(3)), { from: 'b', to: 'b' }, 'a'],
    ['roll back', (): Promise<PromotionResult> => registry.rollback(at(3)), { from: 'b', to: 'a' }, null],
  ])('%s: it is kept aside and written anew', async (_, work, expected, previous) => {
    await writeFile(join(root, POINTER), '{"deploy_na');
    const kept = 'models/production/active.json.damaged-2e75aae0';
    expect(await work()).toEqual({ status: 'activated', ...expected, mended: expect.stringContaining(`It was kept as ${kept}`) as string });
    expect(await readFile(join(root, kept), 'utf8')).toBe('{"deploy_na');
    expect(await registry.active()).toMatchObject({ deploy_name: expected.to, previous });
    expect(await registry.problems()).toEqual([]);
    expect((await registry.history()).at(-1)).toMatchObject(expected);
    await writeFile(join(root, POINTER), '{"deploy_na');
    expect((await registry.activate(expected.to, at(4))).mended).toBeDefined();
  });

  it('without a history names no bundle, and the way out works', async () => {
    await writeFile(join(root, POINTER), '{');
    await rm(join(root, 'models/production/promotions.jsonl'));
    await expect(registry.loadUsable()).rejects.toMatchObject({ code: 'CORRUPT', hint: expect.stringContaining('--activate') as string });
    await expect(registry.loadActive()).rejects.toMatchObject({ hint: expect.stringContaining('activate NAME') as string });
    expect(await registry.activate('a', at(3))).toMatchObject({ from: null, to: 'a' });
    expect((await registry.loadUsable())?.fallback).toBeNull();
  });
});

describe('a damaged history', () => {
  it('passes over rubbish lines and names them; rollback follows the pointer', async () => {
    await publish('a', 'b', 'c');
    for (const name of ['a', 'b', 'c']) await registry.activate(name, at(1));
    const lines = (await text('promotions.jsonl')).trimEnd().split('\n');
    const history = await registry.history();
    for (const rubbish of ['\u0000\u0000', '[]', '{"when":1}']) {
      await writeFile(join(root, 'models/production/promotions.jsonl'), `${[lines[0], rubbish, lines[2]].join('\n')}\n`);
      expect(await registry.history()).toEqual([history[0], history[2]]);
      expect(await registry.problems()).toEqual([expect.stringMatching(/promotions\.jsonl, line 2: not a promotion/) as string]);
    }
    expect((await registry.loadUsable())?.fallback).toBeNull();
    expect(await registry.rollback(at(2))).toEqual({ status: 'activated', from: 'c', to: 'b' });
    expect(await registry.active()).toMatchObject({ previous: 'a' });
    expect(await registry.rollback(at(3))).toMatchObject({ to: 'a' });
    await writeFile(join(root, 'models/production/promotions.jsonl'), 'rubbish\n');
    expect(await registry.activate('b', at(4))).toEqual({ status: 'activated', from: 'a', to: 'b' });
    expect(await registry.rollback(at(5))).toMatchObject({ to: 'a' });
  });
});

describe('decline', () => {
  it('writes why a challenger stayed out, once, and moves nothing', async () => {
    await publish('a', 'b', 'c');
    await registry.decline('c', at(1, 'no champion, and no good'));
    expect(await registry.loadActive()).toBeUndefined();
    await registry.activate('a', at(2));
    await registry.activate('b', at(3));
    const pointer = await text('active.json');
    for (const day of [4, 5]) await registry.decline('c', at(day, 'worse'));
    expect(await text('active.json')).toBe(pointer);
    expect((await registry.history()).map(({ action, from, to, why }) => [action, from, to, why])).toEqual([
      ['decline', null, 'c', 'no champion, and no good'],
      ['activate', null, 'a', 'test'],
      ['activate', 'a', 'b', 'test'],
      ['decline', 'b', 'c', 'worse'],
    ]);
    expect(await registry.rollback(at(6))).toEqual({ status: 'activated', from: 'b', to: 'a' });
    await registry.activate('c', at(7));
    await registry.decline('b', at(8, 'worse'));
    expect(await registry.rollback(at(9))).toMatchObject({ from: 'c', to: 'a' });
  });

  it('a crash before the history was written is made good before the decline', async () => {
    await publish('a', 'b');
    await registry.activate('a', at(1));
    await writeFile(join(root, 'models/production/promotions.jsonl'), '');
    await registry.decline('b', at(2, 'worse'));
    expect((await text('promotions.jsonl')).trimEnd().split('\n').map((line) => (JSON.parse(line) as Promotion).action)).toEqual(['activate', 'decline']);
  });
});

it('removes a bundle that nothing leads back to, and no other', async () => {
  await publish('a', 'b', 'c');
  await registry.activate('a', at(1));
  await registry.activate('b', at(2));
  await registry.decline('c', at(3, 'worse'));
  for (const [name, reason] of [['a', 'a rollback may lead to it'], ['b', 'it is the active bundle']]) await expect(registry.remove(name)).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining(reason) as string });
  for (let times = 0; times < 2; times += 1) await registry.remove('c');
  expect((await registry.list()).map(({ name }) => name)).toEqual(['a', 'b']);
  expect(await store.list('models/production/c/')).toEqual([]);
  await expect(registry.remove('../c')).rejects.toMatchObject({ code: 'BAD_OPTION' });
});

it('activates a judged challenger only over the bundle it was judged against', async () => {
  await publish('a', 'b', 'c');
  await registry.activate('a', { ...at(1), onlyIfActive: null });
  await registry.activate('b', at(2));
  await expect(registry.activate('c', { ...at(3), onlyIfActive: 'a' })).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('now it is b') as string });
  expect(await registry.activate('c', { ...at(3), onlyIfActive: 'b' })).toMatchObject({ status: 'activated' });
  expect(await registry.activate('c', { ...at(3), onlyIfActive: 'b' })).toMatchObject({ status: 'unchanged' });
});
