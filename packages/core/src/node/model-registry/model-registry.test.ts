import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tinyBundle } from '../../../../../tests/support/tiny-bundle.js';
import { type ArtifactStore, openFolderStore } from '../store/index.js';
import { type ModelRegistry, openModelRegistry } from './model-registry.js';

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
    for (const bad of ['', '{', '[]', '{"deploy_name":1}']) {
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
