// Whatever operation of the file system fails in a publish, an activation or a rollback, the registry stays loadable and
// truthful, and running the same again completes it. Then the same with processes that are really killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BundleFiles, createRandom } from '@forecastlab/core';
import { type FileSystem, type ModelRegistry, openFolderStore, openModelRegistry } from '@forecastlab/core/node';
import { createFaultyFileSystem, forEveryFault } from './support/faulty-file-system.js';
import { inspectRegistry } from './support/inspect-registry.js';
import { tinyBundle } from './support/tiny-bundle.js';

const at = (day: number): { why: string; nowMs: number } => ({ why: `day ${day}`, nowMs: Date.UTC(2025, 0, day) });
const open = (root: string, fs?: FileSystem): ModelRegistry => openModelRegistry(openFolderStore(root, fs === undefined ? {} : { fs }), { lock: { waitMs: 20_000, staleMs: 2000 } });

const inspect = (root: string): ReturnType<typeof inspectRegistry> => inspectRegistry(open(root));

describe('a fault at every file operation', () => {
  let folder = '';
  let run = 0;
  let bundles: BundleFiles[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'forecastlab-registry-faults-'));
    bundles = await Promise.all(['a', 'b'].map((name) => tinyBundle(name, { kind: 'prior' })));
    const first = open(join(folder, 'first'));
    await first.publish(bundles[0], 'a');
    await first.activate('a', at(1));
    await cp(join(folder, 'first'), join(folder, 'both'), { recursive: true });
    const both = open(join(folder, 'both'));
    await both.publish(bundles[1], 'b');
    await cp(join(folder, 'both'), join(folder, 'second'), { recursive: true });
    await open(join(folder, 'second')).activate('b', at(2));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const cases: [string, string, (registry: ModelRegistry) => Promise<unknown>, { before: string[]; after: string[]; history: string[] }][] = [
    ['publish', 'first', (registry) => registry.publish(bundles[1], 'b'), { before: ['a'], after: ['a'], history: ['activate a'] }],
    ['activate', 'both', (registry) => registry.activate('b', at(2)), { before: ['a', 'b'], after: ['b'], history: ['activate a', 'activate b'] }],
    ['decline', 'both', (registry) => registry.decline('b', at(2)), { before: ['a'], after: ['a'], history: ['activate a', 'decline b'] }],
    ['rollback', 'second', (registry) => registry.rollback(at(3)), { before: ['b', 'a'], after: ['a'], history: ['activate a', 'activate b', 'rollback a'] }],
  ];

  it.each(cases)('%s: old or new, and again completes it', async (name, prepared, work, expected) => {
    const operations = await forEveryFault(async (fs) => {
      const root = join(folder, String((run += 1)));
      await cp(join(folder, prepared), root, { recursive: true });
      const isDone = await work(open(root, fs)).then(() => true, () => false);
      const left = await inspect(root);
      expect(expected.before).toContain(left.active);
      expect(!isDone || left.history.join() === expected.history.join()).toBe(true);
      // A rollback that reached the pointer has happened: a second one would be another step.
      if (name !== 'rollback' || left.active !== 'a') await work(open(root));
      const again = await inspect(root);
      expect(again).toEqual({ active: expected.after[0], history: expected.history, published: ['a', 'b'] });
      await rm(root, { recursive: true });
    });
    expect(operations).toBeGreaterThan(20);
  }, 240_000);

  it('the bundle that answers: one that passes its checks, or the fault, never a fallback because of it', async () => {
    const fallback = join(folder, 'fallback');
    await cp(join(folder, 'second'), fallback, { recursive: true });
    await rm(join(fallback, 'models/production/b/meta.json'));
    for (const [prepared, name] of [['second', 'b'], ['fallback', 'a']]) {
      const root = join(folder, prepared);
      const operations = await forEveryFault(async (fs, { failAt }) => {
        const loaded = await open(root, fs).loadUsable().catch((error: unknown) => error);
        if (loaded instanceof Error) expect([loaded, failAt <= fs.count()]).toMatchObject([{ code: 'EIO' }, true]);
        else expect(loaded).toMatchObject({ bundle: { meta: { deployName: name } } });
      });
      expect(operations).toBeGreaterThan(10);
    }
  });

  it('a damaged pointer mended by an activation: the history or the new pointer holds at any time, the damaged bytes are kept', async () => {
    const operations = await forEveryFault(async (fs) => {
      const root = join(folder, String((run += 1)));
      await cp(join(folder, 'second'), root, { recursive: true });
      await writeFile(join(root, 'models/production/active.json'), '{"deploy');
      const isDone = await open(root, fs).activate('a', at(3)).then(() => true, () => false);
      const left = await open(root).loadUsable();
      expect(isDone ? ['a'] : ['a', 'b']).toContain(left?.bundle.meta.deployName);
      await open(root).activate('a', at(3));
      expect(await inspect(root)).toEqual({ active: 'a', history: ['activate a', 'activate b', 'activate a'], published: ['a', 'b'] });
      const kept = (await readdir(join(root, 'models/production'))).filter((name) => name.startsWith('active.json.damaged-'));
      expect(kept).toHaveLength(1);
      expect(await readFile(join(root, 'models/production', kept[0]), 'utf8')).toBe('{"deploy');
      await rm(root, { recursive: true });
    });
    expect(operations).toBeGreaterThan(20);
  }, 240_000);

  it('a full disk while publishing leaves nothing that counts, and room again lets it end', async () => {
    const root = join(folder, 'full');
    await cp(join(folder, 'first'), root, { recursive: true });
    const full = createFaultyFileSystem({ failAt: 30, mode: 'dead', code: 'ENOSPC' });
    await expect(open(root, full).publish(bundles[1], 'b')).rejects.toMatchObject({ code: 'ENOSPC' });
    expect((await inspect(root)).published).toEqual(['a']);
    await open(root).publish(bundles[1], 'b');
    expect((await inspect(root)).published).toEqual(['a', 'b']);
  });
});

describe('a process killed at any moment', () => {
  const KILLS = 10;
  let root = '';
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'forecastlab-registry-kill-'));
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  it('leaves a registry that loads, and whose history is true', async () => {
    const random = createRandom(20250131);
    let promotions = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const child = startChild(root, kill);
      await firstLine(child);
      await new Promise((resolve) => setTimeout(resolve, random.integer(400)));
      const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
      child.kill('SIGKILL');
      expect(await ended).toBe('SIGKILL');
      const { history } = await inspect(root);
      expect(history.length).toBeGreaterThanOrEqual(promotions);
      promotions = history.length;
    }
    expect(promotions).toBeGreaterThan(KILLS);
    const registry = open(root);
    await registry.publish(await tinyBundle('final', { kind: 'prior' }), 'final');
    await registry.activate('final', at(31));
    expect((await inspect(root)).active).toBe('final');
    const names = await readdir(join(root, 'models/production'));
    expect(names.filter((name) => name.endsWith('.lock'))).toEqual([]);
  }, 180_000);
});

function startChild(root: string, turn: number): ChildProcess {
  const script = fileURLToPath(new URL('support/registry-loop.ts', import.meta.url));
  return spawn(process.execPath, ['--import', 'tsx', script, root, String(turn)], { stdio: ['ignore', 'pipe', 'inherit'], cwd: fileURLToPath(new URL('..', import.meta.url)) });
}

/** The child says when its loop begins: before that nothing is written, and a kill would show nothing. */
function firstLine(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`The child ended with ${code} before its loop began.`)));
  });
}
